package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Function;
import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.analysis.runtime.RuntimeSummary;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Block;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Branch;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.Defining;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.ScopeEnter;
import io.mlxlint.model.Instruction.ScopeExit;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Instruction.Throw;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.Sampling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs one method in one context until its facts stay. */
final class Transfer {
  private static final int MOST_PASSES = 1000;

  private final DTypeAnalysis program;
  private final Method method;
  private final Context context;
  private final Map<Value, Instruction> definitions = new HashMap<>();
  private final Map<Value, List<Value>> parts = new HashMap<>();

  Transfer(DTypeAnalysis program, Method method, Context context) {
    this.program = program;
    this.method = method;
    this.context = context;
  }

  void run() {
    setAll(method.parameters(), context.arguments());
    setAll(method.captures(), context.captures());
    for (Block b : method.blocks()) {
      b.instructions().forEach(i -> i.result().ifPresent(v -> definitions.put(v, i)));
    }
    for (Block b : method.blocks()) {
      b.instructions().stream().filter(StoreElement.class::isInstance).forEach(s ->
          parts.computeIfAbsent(root(s.uses().getFirst()), _ -> new ArrayList<>()).add(s.uses().getLast()));
    }
    boolean changed = true;
    for (int pass = 0; changed; pass++) {
      if (pass == MOST_PASSES) {
        throw new IllegalStateException("the dtypes of " + method.ref() + " do not settle");
      }
      changed = false;
      for (Block block : method.blocks()) {
        for (Instruction instruction : block.instructions()) {
          changed |= step(instruction);
        }
      }
    }
    for (Block block : method.blocks()) {
      block.instructions().forEach(this::finish);
    }
  }

  private void setAll(List<Value> values, List<Fact> facts) {
    for (int i = 0; i < values.size(); i++) {
      context.set(values.get(i), i < facts.size() ? facts.get(i) : Fact.UNKNOWN);
    }
  }

  /** Only what the final facts say goes to fields and callers. */
  private void finish(Instruction instruction) {
    if (instruction instanceof StoreField s) {
      Value stored = s.uses().getLast();
      program.store(s.field(), reason(context.fact(stored), s.span(), "stored in field `" + s.field().name() + "` here"));
    } else if (instruction instanceof StoreElement s && field(s.uses().getFirst()).isPresent()) {
      program.store(field(s.uses().getFirst()).get(), context.fact(s.uses().getLast()));
    } else if (instruction instanceof Return r && !r.uses().isEmpty()) {
      context.returns(context.fact(r.uses().getFirst()));
    }
  }

  private boolean step(Instruction instruction) {
    return switch (instruction) {
      case StoreElement s -> context.store(root(s.uses().getFirst()), context.fact(s.uses().getLast()));
      case Defining d -> context.set(d.value(), define(d)) | received(d);
      case StoreField _, Return _, Branch _, Throw _, Release _, ScopeExit _ -> false;
    };
  }

  private Fact define(Defining instruction) {
    return switch (instruction) {
      case Constant c -> c.literal() instanceof DType d ? known(d, c.span(), "`" + d + "` is chosen here")
          : c.literal() == null ? Fact.NOTHING : Fact.UNKNOWN;
      case Operation o -> operation(o);
      case Compute c -> c.operator().equals("cast") ? context.fact(c.uses().getFirst()) : Fact.UNKNOWN;
      case Phi p -> p.inputs().values().stream().map(context::fact).reduce(Fact.NOTHING, Fact::join);
      case LoadField f -> program.modules().load(f, program.load(f.field()), f.uses().stream().findFirst()
          .map(context::fact).orElse(Fact.UNKNOWN));
      case LoadElement e -> element(e.value(), context.fact(e.uses().getFirst()));
      case Iterate i -> element(i.value(), context.fact(i.uses().getFirst()));
      case Closure c -> closure(c);
      case Transform t -> transform(t);
      case Call c -> call(c);
      case Force _, Submit _, ScopeEnter _ -> Fact.UNKNOWN;
    };
  }

  /** A part of a container has its dtype; a part of something else is unknown. */
  private static Fact element(Value value, Fact container) {
    return Promotion.mayHoldArrays(value.type()) || Promotion.isDType(value.type()) ? container : Fact.UNKNOWN;
  }

  private Fact operation(Operation op) {
    Stream<Value> decisive = Stream.concat(Promotion.promoted(op, this::parts).stream(),
        op.uses().stream().filter(v -> Promotion.isDType(v.type())));
    if (decisive.anyMatch(v -> context.fact(v) instanceof Fact.Nothing)) {
      return Fact.NOTHING;
    }
    Optional<DType> dtype = Promotion.result(op, this::parts, context::fact);
    if (dtype.isEmpty()) {
      return Fact.UNKNOWN;
    }
    List<Known> operands = Promotion.promoted(op, this::parts).stream().map(context::fact)
        .filter(Known.class::isInstance).map(Known.class::cast).toList();
    if (program.isIntended()) {
      Optional<Known> meant = Promotion.meant(dtype.get(), operands);
      if (meant.isPresent()) {
        return new Known(meant.get().dtype(), meant.get().why()
            .then(op.span(), "would stay " + meant.get().dtype() + " here without the float32 beside it"), Set.of());
      }
    }
    boolean creates = op.kind() instanceof Creation || op.kind() instanceof Sampling;
    Set<Operation> origins = creates ? Set.of(op) : Promotion.origins(op, operands);
    Why why = operands.stream().filter(k -> k.dtype() == dtype.get()).map(Known::why).findFirst()
        .orElseGet(() -> explain(op, dtype.get()));
    return new Known(dtype.get(), why, origins);
  }

  private List<Value> parts(Value container) {
    return parts.getOrDefault(root(container), List.of());
  }

  private Why explain(Operation op, DType dtype) {
    return new Why(op.span(), switch (op.kind()) {
      case Creation _, Sampling _ -> "made as " + dtype + " here";
      case io.mlxlint.op.Converting c when c == io.mlxlint.op.Converting.ASTYPE -> "cast to " + dtype + " here";
      case io.mlxlint.op.Kind _ -> "`" + op.method() + "` gives " + dtype + " here";
    });
  }

  private Fact closure(Closure c) {
    Function function = new Function(c.body(), c.uses().stream().map(context::fact).toList(), true);
    program.closure(function);
    return function;
  }

  private Fact transform(Transform t) {
    Optional<Function> function = t.uses().stream().map(context::fact)
        .filter(Function.class::isInstance).map(Function.class::cast).findFirst();
    if (function.isEmpty()) {
      return Fact.UNKNOWN;
    }
    Function f = function.get();
    return switch (t.method()) {
      case "tidy" -> program.call(f.body(), List.of(), f.captures()).returned();
      case "compile", "compileArrays", "compileWith", "checkpoint", "checkpointArrays" -> f;
      default -> new Function(f.body(), f.captures(), false);
    };
  }

  private Fact call(Call c) {
    return switch (c.target()) {
      case Target.Methods m -> methods(c, m);
      case Target.Functional _ -> functional(c);
      case Target.Runtime r -> switch (r.method().name()) {
        case "dtype" -> context.fact(c.uses().getFirst());
        case "inputs", "outputs", "shapeless" -> context.fact(c.uses().getFirst());
        case "apply", "applyAll" -> functional(c);
        case "setDtype" -> cast(c);
        case "train", "eval", "freeze", "unfreeze" -> context.fact(c.uses().getFirst());
        case "<init>" -> program.modules().made(c);
        default -> summarized(c, r);
      };
      case Target.Library l -> library(c, l);
      case Target.Unknown _ -> Fact.UNKNOWN;
    };
  }

  /** A module whose floating parameters all have one dtype now. */
  private Fact cast(Call c) {
    Fact asked = reason(context.fact(c.uses().getLast()), c.span(), "the parameters are cast here");
    return asked instanceof Known k && k.dtype().isFloating() ? k : Fact.UNKNOWN;
  }

  private Fact summarized(Call c, Target.Runtime target) {
    Optional<RuntimeSummary> summary = program.runtime().of(target.method());
    if (summary.isEmpty()) {
      return Fact.UNKNOWN;
    }
    List<Fact> decisive = summary.get().decisive().stream().map(c.uses()::get)
        .filter(v -> !(definitions.get(v) instanceof Constant)).map(context::fact).toList();
    if (decisive.stream().anyMatch(Fact.Nothing.class::isInstance)) {
      return Fact.NOTHING;
    }
    List<Known> known = decisive.stream().filter(Known.class::isInstance).map(Known.class::cast).toList();
    Optional<DType> dtype = known.size() < decisive.size() ? Optional.empty()
        : summary.get().result(known.stream().map(Known::dtype).toList());
    if (dtype.isEmpty()) {
      return Fact.UNKNOWN;
    }
    String text = "`" + target.method().name() + "` gives " + dtype.get() + " here";
    Why why = known.stream().filter(k -> k.dtype() == dtype.get()).findFirst()
        .map(k -> k.why().then(c.span(), text)).orElseGet(() -> new Why(c.span(), text));
    return new Known(dtype.get(), why, Set.of());
  }

  private Fact methods(Call c, Target.Methods targets) {
    Fact result = Fact.NOTHING;
    for (var ref : targets.candidates()) {
      Method callee = program.method(ref);
      result = result.join(callee == null ? Fact.UNKNOWN : invoke(c, callee));
    }
    return targets.candidates().isEmpty() ? Fact.UNKNOWN : result;
  }

  private Fact invoke(Call c, Method callee) {
    List<Value> given = c.uses();
    // a constructor's own object is no argument of the call
    int skip = callee.parameters().size() - given.size();
    List<Fact> arguments = new ArrayList<>();
    for (int i = 0; i < callee.parameters().size(); i++) {
      int from = i - Math.max(skip, 0);
      Fact fact = from < 0 || skip < 0 ? Fact.UNKNOWN : context.fact(given.get(from));
      arguments.add(reason(fact, operand(c, from), "passed as `" + callee.parameters().get(i).name() + "` here"));
    }
    Context called = program.call(callee, arguments, List.of());
    for (int i = Math.max(skip, 0); i < callee.parameters().size() && skip >= 0; i++) {
      context.store(root(given.get(i - skip)), called.storedIn(callee.parameters().get(i)));
    }
    return reason(called.returned(), c.span(), "returned by `" + callee.ref().name() + "` here");
  }

  private Fact functional(Call c) {
    if (!c.hasReceiver() || !(context.fact(c.uses().getFirst()) instanceof Function f)) {
      return Fact.UNKNOWN;
    }
    List<Value> given = c.uses().subList(1, c.uses().size());
    List<Value> parameters = f.body().parameters();
    List<Fact> arguments = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Fact fact = Fact.UNKNOWN;
      if (given.size() == parameters.size()) {
        fact = context.fact(given.get(i));
      } else if (i == parameters.size() - 1 && parameters.get(i).type().isJavaArray()) {
        fact = given.subList(Math.min(i, given.size()), given.size()).stream().map(context::fact)
            .reduce(Fact.NOTHING, Fact::join);
      }
      arguments.add(reason(fact, c.span(), "passed as `" + parameters.get(i).name() + "` here"));
    }
    Fact returned = program.call(f.body(), arguments, f.captures()).returned();
    return f.direct() ? reason(returned, c.span(), "returned here") : Fact.UNKNOWN;
  }

  /** A collection holds what is put into it and hands it to functions; nothing else of the JDK is followed. */
  private Fact library(Call c, Target.Library target) {
    boolean collection = target.className().startsWith("java.util.")
        && !target.className().startsWith("java.util.function.")
        && !target.className().startsWith("java.util.concurrent.");
    boolean copies = switch (target.name()) {
      case "<init>", "of", "ofNullable", "copyOf", "asList", "entry", "empty" -> true;
      default -> false;
    };
    boolean views = switch (target.name()) {
      case "values", "entrySet", "getValue", "getFirst", "getLast", "getOrDefault", "iterator", "next", "subList",
          "reversed", "remove", "removeLast", "removeFirst", "stream", "toList", "filter", "peek", "sorted", "limit",
          "skip", "distinct", "findFirst", "findAny", "orElse", "orElseThrow" -> true;
      case "get" -> target.className().equals("java.util.Optional");
      default -> false;
    };
    Fact mapped = collection && c.hasReceiver() ? repeated(c) : Fact.UNKNOWN;
    if (collection && c.hasReceiver() && (target.name().equals("map") || target.name().equals("mapToObj"))) {
      return mapped;
    }
    if (!collection || !(copies || c.hasReceiver() && views)) {
      return Fact.UNKNOWN;
    }
    if (target.name().equals("orElse")) {
      return context.fact(c.uses().getFirst()).join(context.fact(c.uses().getLast()));
    }
    return (views && !copies ? c.uses().subList(0, 1) : c.uses()).stream()
        .filter(v -> Promotion.mayHoldArrays(v.type())).map(context::fact).reduce(Fact.NOTHING, Fact::join);
  }

  /** What a function that is run for the elements of a collection returns. */
  private Fact repeated(Call c) {
    Fact element = context.fact(c.uses().getFirst());
    Fact result = Fact.NOTHING;
    for (Value argument : c.uses().subList(1, c.uses().size())) {
      if (context.fact(argument) instanceof Function f) {
        List<Fact> arguments = f.body().parameters().stream()
            .map(p -> reason(element(p, element), c.span(), "passed as `" + p.name() + "` here")).toList();
        Fact returned = program.call(f.body(), arguments, f.captures()).returned();
        result = result.join(f.direct() ? returned : Fact.UNKNOWN);
      }
    }
    return result instanceof Fact.Nothing && !(element instanceof Fact.Nothing) ? Fact.UNKNOWN : result;
  }

  /** What a container may receive in a call that takes it. */
  private boolean received(Defining instruction) {
    if (!(instruction instanceof Call c)) {
      return false;
    }
    boolean changed = false;
    switch (c.target()) {
      case Target.Library l -> {
        if (c.hasReceiver() && l.className().startsWith("java.util.")
            && (l.name().startsWith("add") || l.name().startsWith("put") || l.name().equals("set"))) {
          for (Value v : c.uses().subList(1, c.uses().size())) {
            if (Promotion.mayHoldArrays(v.type())) {
              changed |= context.store(root(c.uses().getFirst()), context.fact(v));
            }
          }
        }
      }
      case Target.Unknown _, Target.Functional _ -> {
        for (Value v : c.uses()) {
          if (isContainer(v.type())) {
            changed |= context.store(root(v), Fact.UNKNOWN);
          }
        }
      }
      case Target.Methods _, Target.Runtime _ -> { }
    }
    return changed;
  }

  private static boolean isContainer(Type type) {
    return !type.isArray() && (type.isJavaArray() && Promotion.mayHoldArrays(type)
        || type.name().startsWith("java.util.") && !type.name().startsWith("java.util.function."));
  }

  private Value root(Value container) {
    Value v = container;
    while (definitions.get(v) instanceof Compute c && c.operator().equals("cast")) {
      v = c.uses().getFirst();
    }
    return v;
  }

  /** The field that holds this container. */
  private Optional<FieldRef> field(Value container) {
    return definitions.get(root(container)) instanceof LoadField f ? Optional.of(f.field()) : Optional.empty();
  }

  private Span operand(Call c, int use) {
    return method.site(c).filter(s -> use >= 0 && s.operands().size() > use).map(s -> s.operands().get(use))
        .orElse(c.span());
  }

  private static Fact known(DType dtype, Span span, String text) {
    return new Known(dtype, new Why(span, text), Set.of());
  }

  private static Fact reason(Fact fact, Span span, String text) {
    return fact instanceof Known k && !k.why().span().equals(span)
        ? new Known(k.dtype(), k.why().then(span, text), k.origins()) : fact;
  }
}
