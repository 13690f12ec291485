package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.loops.Streams;
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
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** What arrays of one method are possibly made of. */
final class PossibleSources {
  private final Values values;
  private final Loops loops;
  private final Summaries summaries;
  private final Sources sources;
  private final Keeping keeping;
  /** What may put arrays into fields, or take them from there. */
  private final List<Instruction> holders;
  private final Updates updates;
  private final Map<Instruction, Reach> updatedLater = new IdentityHashMap<>();

  PossibleSources(Values values, Loops loops, Summaries summaries, Sources sources) {
    this.values = values;
    this.loops = loops;
    this.summaries = summaries;
    this.sources = sources;
    this.keeping = new Keeping(values, summaries);
    this.holders = values.instructions().filter(i -> i instanceof LoadField || i instanceof StoreField
        || i instanceof Closure || i instanceof Call c && c.target() instanceof Target.Methods).toList();
    this.updates = new Updates(values, summaries);
  }

  Updates updates() {
    return updates;
  }

  /** What models and optimizers may be made of once {@code instruction} has run. */
  Reach updating(Instruction instruction) {
    return updates.includes(instruction) ? new Search(instruction, FieldSet.NONE, false, false)
        .from(search -> search.update(instruction)) : Reach.NOTHING;
  }

  /**
   * All that may be computed for {@code roots} and for the arrays in {@code fields}.
   *
   * @param at what computes them, or null; what only runs later has no part in it
   * @param touched objects that hold some of these fields
   */
  Reach of(Instruction at, Collection<Value> roots, Collection<Value> touched, FieldSet fields,
      boolean functions, boolean anything) {
    return roots.isEmpty() && holders.isEmpty()
        ? new Reach(Set.of(), Set.copyOf(touched), fields, functions, anything)
        : new Search(at, fields, functions, anything).from(roots, touched);
  }

  /** What the fields of these objects hold, whoever put it there. */
  Reach held(Collection<Value> objects) {
    Search search = new Search(null, FieldSet.NONE, false, false);
    objects.forEach(v -> search.tree(v.type()));
    return new Reach(Set.of(), Set.of(), search.fields, false, search.anything);
  }

  /** One search through all that may be behind an array. */
  private final class Search {
    private final Set<Value> seen = new HashSet<>();
    private final Set<Value> touched = new HashSet<>();
    private final Set<String> classes = new HashSet<>();
    private final Deque<Value> open = new ArrayDeque<>();
    private final Instruction at;
    private FieldSet fields;
    private boolean functions;
    private boolean anything;
    private boolean models;
    private boolean updated;

    Search(Instruction at, FieldSet fields, boolean functions, boolean anything) {
      this.at = at;
      this.fields = fields;
      this.functions = functions;
      this.anything = anything;
    }

    Reach from(Collection<Value> roots, Collection<Value> touched) {
      this.touched.addAll(touched);
      return from(search -> search.open.addAll(roots));
    }

    Reach from(Consumer<Search> start) {
      start.accept(this);
      do {
        drain();
        if (models && !updated) {
          updated = true;
          updates.candidates().forEach(u -> {
            if (at == null || loops.mayFollow(u, at, Optional.empty())) {
              update(u);
            } else {
              updateLater(u);
            }
          });
        }
        heldByFields();
      } while (!open.isEmpty());
      return new Reach(seen, this.touched, fields, functions, anything);
    }

    private boolean isComputed(FieldRef field) {
      return anything || fields.contains(field)
          || functions && summaries.usedByFunctions().contains(field);
    }

    private boolean isComputed(FieldSet some) {
      return !some.isEmpty() && (anything || fields.intersects(some)
          || functions && summaries.usedByFunctions().intersects(some));
    }

    private void drain() {
      while (!open.isEmpty()) {
        Value v = open.pop();
        if (mayHoldArrays(v.type()) && seen.add(v)) {
          values.definition(v).ifPresent(this::behind);
          open.addAll(sources.put(v));
          if (!v.type().isArray()) {
            values.uses(v).stream().filter(u -> keeping.into(u).values().contains(v))
                .forEach(u -> keeping.by(u).forEach(this::add));
          }
          if (!isOfRuntime(v)) {
            tree(v.type());
          }
        }
      }
    }

    /** Does it hold no more than what the runtime was given for it, as the parameters of a model do? */
    private boolean isOfRuntime(Value v) {
      return values.definition(v).filter(d -> d instanceof Call c && c.target() instanceof Target.Runtime r
          && !r.method().name().equals("<init>")).isPresent();
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
          case Call c when c.target() instanceof Target.Methods m -> kept(c, m).forEach(this::add);
          case Closure c when isComputed(keeping.into(c).fields()) -> keeping.by(c).forEach(this::add);
          case Instruction _ -> { }
        }
      }
    }

    /** What the call keeps; of what a record is made of, what is in a component that is computed. */
    private Collection<Value> kept(Call call, Target.Methods target) {
      Map<FieldRef, Integer> components = target.candidates().size() != 1 ? Map.of()
          : summaries.componentsOf(target.candidates().getFirst());
      List<Value> arguments = Summaries.arguments(call);
      return components.isEmpty() || components.size() < call.uses().size() ? keeping.by(call)
          : components.entrySet().stream().filter(e -> isComputed(e.getKey()))
              .map(e -> arguments.get(e.getValue())).toList();
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
        case Operation _, Phi _, LoadElement _, Iterate _ -> open.addAll(definition.uses());
        // what the function returns is made of that
        case Closure c -> body(c, Summary::made);
        case Compute c when c.operator().equals("cast") -> open.addAll(c.uses());
        // a compiled function computes its own copy of what it captures
        case Transform t -> {
          if (!t.isCompilation()) {
            open.addAll(t.uses());
          }
        }
        case LoadField l -> {
          fields = fields.or(summaries.behind(l.field()));
          touched.addAll(l.uses());
        }
        case Call c -> call(c);
        case Compute _, Constant _, Force _, Submit _, ScopeEnter _ -> { }
        case Instruction _ -> { }
      }
    }

    private void call(Call c) {
      Optional<Closure> mapping = Streams.isMapping(c) && c.uses().size() == 2
          ? values.definition(c.uses().getLast(), Closure.class) : Optional.empty();
      if (mapping.isPresent()) {
        mapped(mapping.get(), c.uses().getFirst());
        return;
      }
      Optional<Summary.Part> made = c.target() instanceof Target.Methods
          ? summaries.of(c).map(Summary::made) : Optional.empty();
      if (made.isEmpty()) {
        open.addAll(c.uses());
        return;
      }
      add(made.get(), positions -> Summaries.pick(Summaries.arguments(c), positions));
    }

    /** What a stream's function makes of the elements, and not the elements themselves. */
    private void mapped(Closure function, Value elements) {
      int parameters = function.body().parameters().size();
      summaries.of(function.body()).map(Summary::made).ifPresentOrElse(p -> add(p, positions -> {
        List<Value> picked = new ArrayList<>(Summaries.captured(function, positions));
        if (positions.stream().anyMatch(i -> i < parameters)) {
          picked.add(elements);
        }
        return picked;
      }), () -> {
        open.add(elements);
        open.addAll(function.uses());
      });
    }

    private void add(Summary.Part part, Function<Set<Integer>, List<Value>> pick) {
      pick.apply(part.parameters()).forEach(this::add);
      touched.addAll(pick.apply(part.touched()));
      fields = fields.or(part.fields());
      functions |= part.functions();
      anything |= part.anything();
    }

    /** The gradients that the instruction gives to optimizers. */
    private void update(Instruction updater) {
      switch (updater) {
        case Call c when Updates.isUpdate(c) -> add(c.uses().getLast());
        case Call c -> summaries.of(c).map(Summary::updating).ifPresentOrElse(
            p -> add(p, positions -> Summaries.pick(Summaries.arguments(c), positions)),
            () -> c.uses().forEach(this::add));
        case Closure c -> body(c, Summary::updating);
        case Instruction _ -> { }
      }
    }

    /** The next run of the method may find what was in fields then. */
    private void updateLater(Instruction updater) {
      Reach reach = updatedLater.get(updater);
      if (reach == null) {
        Search later = new Search(null, FieldSet.NONE, false, false);
        later.updated = true;
        reach = later.from(search -> search.update(updater));
        updatedLater.put(updater, reach);
      }
      fields = fields.or(reach.fields());
      functions |= reach.functions();
      anything |= reach.anything();
    }

    /** What the body of the function says of its captures; all of them if nothing is known. */
    private void body(Closure closure, Function<Summary, Summary.Part> part) {
      summaries.of(closure.body()).map(part).ifPresentOrElse(
          p -> add(p, positions -> Summaries.captured(closure, positions)),
          () -> closure.uses().forEach(this::add));
    }

    /**
     * Something with fields, such as a model: evaluating it evaluates what its fields hold, and what updates
     * made of its arrays.
     */
    private void tree(Type type) {
      if (type.isArray()) {
        return;
      }
      if (type.arguments().isEmpty() && !classes.add(type.name())) {
        return;
      }
      models |= !type.name().startsWith("java.");
      switch (type.name()) {
        case "?", "io.mlxlint.mx.Tree", "io.mlxlint.mx.Tree.Container" -> anything = true;
        case "io.mlxlint.mx.nn.Module" -> fields = fields.or(summaries.fieldsOfModules());
        default -> fields = fields.or(summaries.fieldsOf(type.name()));
      }
      type.arguments().forEach(this::tree);
    }
  }
}
