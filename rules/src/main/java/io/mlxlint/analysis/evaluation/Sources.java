package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.values.Values;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.ScopeEnter;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What arrays of one method are made of: surely, or possibly. */
final class Sources {
  private final Values values;
  private final Summaries summaries;
  private final Map<Value, Set<Value>> put = new HashMap<>();
  private final List<Instruction> holders;

  Sources(Values values, Summaries summaries) {
    this.values = values;
    this.summaries = summaries;
    this.holders = values.instructions().filter(i -> i instanceof LoadField || i instanceof StoreField
        || i instanceof Call c && c.target() instanceof Target.Methods).toList();
    for (StoreElement store : values.all(StoreElement.class)) {
      put.computeIfAbsent(values.origin(store.uses().getFirst()), _ -> new HashSet<>())
          .add(store.uses().getLast());
    }
    if (!put.isEmpty()) {
      Map<Place, List<LoadField>> loads =
          values.all(LoadField.class).stream().collect(Collectors.groupingBy(this::place));
      loads.values().stream().filter(same -> same.size() > 1).forEach(this::share);
    }
  }

  /** A field of one object. */
  private record Place(FieldRef field, List<Value> owner) {}

  private Place place(LoadField load) {
    return new Place(load.field(), load.uses().stream().map(values::origin).toList());
  }

  /** What is put into one of these is in all of them. */
  private void share(List<LoadField> same) {
    Set<Value> all = same.stream().flatMap(l -> put.getOrDefault(l.value(), Set.of()).stream())
        .collect(Collectors.toSet());
    same.forEach(l -> put.put(l.value(), all));
  }

  /** All that must be computed for {@code roots}. */
  Set<Value> needed(Collection<Value> roots) {
    Set<Value> seen = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (seen.add(v)) {
        values.definition(v).ifPresent(d -> open.addAll(needed(d)));
        open.addAll(put.getOrDefault(v, Set.of()));
        Value origin = values.origin(v);
        if (!origin.equals(v)) {
          open.add(origin);
        }
      }
    }
    return seen;
  }

  private List<Value> needed(Instruction definition) {
    return switch (definition) {
      case Operation o -> o.uses();
      case Compute c -> c.operator().equals("cast") ? c.uses() : List.of();
      case Call c -> switch (c.target()) {
        // what the runtime's own functions return is lazily made of their arguments
        case Target.Runtime _ -> c.value().type().isArray() ? c.uses() : List.of();
        case Target.Library l -> l.className().startsWith("java.util.") ? c.uses() : List.of();
        case Target.Methods _ -> summaries.of(c)
            .map(s -> Summaries.pick(Summaries.arguments(c), s.madeOf())).orElse(List.of());
        case Target.Functional _, Target.Unknown _ -> List.of();
      };
      case Transform t -> tidied(t).flatMap(c -> summaries.of(c.body())
          .map(s -> Summaries.pick(c.uses(), s.madeOf()))).orElse(List.of());
      case Instruction _ -> List.of();
    };
  }

  /** The body of a {@code tidy}. */
  Optional<Closure> tidied(Transform tidy) {
    return !tidy.method().equals("tidy") ? Optional.empty()
        : values.definition(tidy.uses().getFirst(), Closure.class)
            .filter(c -> c.body().parameters().isEmpty());
  }

  /**
   * All that may be computed for {@code roots} and for the arrays in {@code fields}.
   *
   * @param touched objects that hold some of these fields
   */
  Reach possible(Collection<Value> roots, Collection<Value> touched, FieldSet fields, boolean functions,
      boolean anything) {
    return roots.isEmpty() && holders.isEmpty()
        ? new Reach(Set.of(), Set.copyOf(touched), fields, functions, anything)
        : new Search(fields, functions, anything).from(roots, touched);
  }

  /** One search through all that may be behind an array. */
  private final class Search {
    private final Set<Value> seen = new HashSet<>();
    private final Set<Value> touched = new HashSet<>();
    private FieldSet fields;
    private final Set<String> classes = new HashSet<>();
    private final Deque<Value> open = new ArrayDeque<>();
    private boolean functions;
    private boolean anything;

    Search(FieldSet fields, boolean functions, boolean anything) {
      this.fields = fields;
      this.functions = functions;
      this.anything = anything;
    }

    Reach from(Collection<Value> roots, Collection<Value> touched) {
      open.addAll(roots);
      do {
        drain();
        heldByFields();
      } while (!open.isEmpty());
      this.touched.addAll(touched);
      return new Reach(seen, this.touched, fields, functions, anything);
    }

    private boolean isComputed(FieldRef field) {
      return anything || fields.contains(field)
          || functions && summaries.usedByFunctions().contains(field);
    }

    private void drain() {
      while (!open.isEmpty()) {
        Value v = open.pop();
        if (mayHoldArrays(v.type()) && seen.add(v)) {
          values.definition(v).ifPresent(this::behind);
          open.addAll(put.getOrDefault(v, Set.of()));
          tree(v.type());
        }
      }
    }

    /** The arrays of this method that are also in one of the fields, or may be. */
    private void heldByFields() {
      if (fields.isEmpty() && !functions && !anything) {
        return;
      }
      for (Instruction i : holders) {
        switch (i) {
          case LoadField l when isComputed(l.field()) -> add(l.value());
          case StoreField s when isComputed(s.field()) -> add(s.uses().getLast());
          case Call c when c.target() instanceof Target.Methods -> summaries.keptBy(c).forEach(this::add);
          case Instruction _ -> { }
        }
      }
    }

    private void add(Value v) {
      if (mayHoldArrays(v.type()) && !seen.contains(v)) {
        open.add(v);
      }
    }

    /** Numbers and text are what they are. */
    private static boolean mayHoldArrays(Type type) {
      return !type.isNumber() && switch (type.name()) {
        case "boolean", "void", "java.lang.String", "java.lang.Integer", "java.lang.Long", "java.lang.Double",
            "java.lang.Float", "java.lang.Boolean" -> false;
        default -> true;
      };
    }

    private void behind(Instruction definition) {
      switch (definition) {
        case Operation _, Phi _, LoadElement _, Iterate _, Closure _ -> open.addAll(definition.uses());
        case Compute c when c.operator().equals("cast") -> open.addAll(c.uses());
        // a compiled function computes its own copy of what it captures
        case Transform t -> {
          if (!t.method().startsWith("compile")) {
            open.addAll(t.uses());
          }
        }
        case LoadField l -> {
          fields = fields.or(summaries.fieldSet(l.field()));
          touched.addAll(l.uses());
        }
        case Call c -> call(c);
        case Compute _, Constant _, Force _, Submit _, ScopeEnter _ -> { }
        case Instruction _ -> { }
      }
    }

    private void call(Call c) {
      Optional<Summary.Part> made = c.target() instanceof Target.Methods
          ? summaries.of(c).map(Summary::made) : Optional.empty();
      if (made.isEmpty()) {
        open.addAll(c.uses());
        return;
      }
      List<Value> arguments = Summaries.arguments(c);
      open.addAll(Summaries.pick(arguments, made.get().parameters()));
      touched.addAll(Summaries.pick(arguments, made.get().touched()));
      fields = fields.or(made.get().fields());
      functions |= made.get().functions();
      anything |= made.get().anything();
    }

    /** Something with fields, such as a model: evaluating it evaluates what its fields hold. */
    private void tree(Type type) {
      if (type.isArray()) {
        return;
      }
      if (type.arguments().isEmpty() && !classes.add(type.name())) {
        return;
      }
      switch (type.name()) {
        case "?", "io.mlxlint.mx.nn.Module", "io.mlxlint.mx.Tree", "io.mlxlint.mx.Tree.Container" ->
            anything = true;
        default -> fields = fields.or(summaries.fieldsOf(type.name()));
      }
      type.arguments().forEach(this::tree);
    }
  }
}
