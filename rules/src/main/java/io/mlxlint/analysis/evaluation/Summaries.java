package io.mlxlint.analysis.evaluation;

import io.mlxlint.analysis.evaluation.Summary.Part;
import io.mlxlint.analysis.evaluation.Summary.Returned;
import io.mlxlint.analysis.loops.FunctionValues;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.analysis.runtime.RuntimeSummaries;
import io.mlxlint.analysis.runtime.RuntimeSummary;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.model.CodeFailure;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.ScopeExit;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Wait;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What each method of the program computes when called, bottom-up; a recursion that is not quiet, all. */
public final class Summaries {
  private final Program program;
  private final RuntimeSummaries runtime;
  private final Function<Method, Evaluation> evaluations;
  private final Function<Method, Values> values;
  private final Function<Method, Loops> loops;
  private final Map<Method, Optional<Summary>> made = new IdentityHashMap<>();
  private final Map<Call, Optional<Summary>> byCall = new IdentityHashMap<>();
  private final Records records;
  private final FieldsOfClasses fields;
  private final FieldsOfFunctions functions;
  private final FunctionValues functionValues;
  private final Quiet quiet;
  private final Set<Method> open = Collections.newSetFromMap(new IdentityHashMap<>());

  public Summaries(Program program, Function<Method, Values> values, Function<Method, Loops> loops,
      Function<Method, Evaluation> evaluations, FunctionValues functionValues, RuntimeSummaries runtime) {
    this.program = program;
    this.runtime = runtime;
    this.values = values;
    this.loops = loops;
    this.evaluations = evaluations;
    this.functionValues = functionValues;
    this.records = new Records(program);
    this.fields = new FieldsOfClasses(program);
    this.functions = new FieldsOfFunctions(program, values, fields.numbers());
    this.quiet = new Quiet(program, functionValues);
  }

  /** The values of a function's body. */
  Values valuesOf(Method body) {
    return values.apply(body);
  }

  /** What the call computes, whichever of its targets runs; empty if that is not known. */
  Optional<Summary> of(Call call) {
    if (!(call.target() instanceof Target.Methods || call.target() instanceof Target.Functional)) {
      return Optional.empty();
    }
    Optional<Summary> known = byCall.get(call);
    if (known == null) {
      known = merged(call);
      // while a method is open, so is the answer
      if (open.isEmpty() || known.isPresent()) {
        byCall.put(call, known);
      }
    }
    return known;
  }

  private Optional<Summary> merged(Call call) {
    List<Method> callees = call.target() instanceof Target.Methods m
        ? m.candidates().stream().map(program.byRef()::get).toList()
        : functionValues.all(call).stream().flatMap(List::stream).map(Closure::body).toList();
    int given = arguments(call).size();
    if (callees.isEmpty() || callees.stream().anyMatch(c -> c == null || c.parameters().size() != given)) {
      return Optional.empty();
    }
    List<Optional<Summary>> all = callees.stream().map(this::of).toList();
    // what a function captured somewhere else has no name here
    return all.stream().allMatch(s -> s.filter(known -> !known.forced().isBehind(given)).isPresent())
        ? all.stream().map(Optional::get).reduce(Summary::or) : Optional.empty();
  }

  /** What the parameters of the callee stand for: a constructor's {@code this} is the result of the call. */
  static List<Value> arguments(Call call) {
    if (call.target() instanceof Target.Functional) {
      return call.uses().subList(1, call.uses().size());
    }
    if (call.hasReceiver() || !(call.target() instanceof Target.Methods m)
        || !m.candidates().getFirst().name().equals("<init>")) {
      return call.uses();
    }
    List<Value> all = new ArrayList<>(List.of(call.value()));
    all.addAll(call.uses());
    return all;
  }

  static List<Value> pick(List<Value> uses, Set<Integer> positions) {
    return positions.isEmpty() ? List.of()
        : positions.stream().filter(i -> i < uses.size()).map(uses::get).toList();
  }

  /** The values that a function captures which its body has at these positions, behind its parameters. */
  static List<Value> captured(Closure closure, Set<Integer> positions) {
    int parameters = closure.body().parameters().size();
    return positions.stream().filter(i -> i >= parameters).map(i -> closure.uses().get(i - parameters))
        .toList();
  }

  /** See {@link Records#arraysOf}. */
  Set<FieldRef> arraysOf(String className) {
    return records.arraysOf(className);
  }

  /** See {@link Records#components}. */
  Map<FieldRef, Integer> componentsOf(MethodRef constructor) {
    return records.components(constructor);
  }

  /** See {@link FieldsOfClasses#of}. */
  FieldSet fieldsOf(String className) {
    return fields.of(className);
  }

  /** See {@link FieldsOfClasses#ofModules}. */
  FieldSet fieldsOfModules() {
    return fields.ofModules();
  }

  /** The field, and those that the functions in it look at. */
  FieldSet behind(FieldRef field) {
    return fields.of(field).or(functions.heldBy(field));
  }

  /** See {@link FieldsOfFunctions#ofWaiting}. */
  FieldSet usedByFunctions() {
    return functions.ofWaiting();
  }

  /** Is what the call returns not computed yet, whichever of its targets runs? */
  boolean returnsLazy(Call call) {
    return switch (call.target()) {
      case Target.Runtime r -> runtime.of(r.method()).filter(RuntimeSummary::isLazy).isPresent();
      case Target.Methods _, Target.Functional _ ->
          of(call).filter(s -> s.returned() == Returned.LAZY).isPresent();
      case Target.Library _, Target.Unknown _ -> false;
    };
  }

  boolean mayForce(Method body) {
    return of(body).map(Summary::mayForceAnything).orElse(true);
  }

  Optional<Summary> of(Method method) {
    Optional<Summary> known = made.get(method);
    if (known != null) {
      return known;
    }
    if (!open.add(method)) {
      return quiet.is(method) ? Optional.of(assumed(method)) : Optional.empty();
    }
    Optional<Summary> summary = Optional.of(CodeFailure.in(method, () -> summarize(method)));
    open.remove(method);
    made.put(method, summary);
    return summary;
  }

  /** Of a quiet recursion: what it returns may be made of all that it is given. */
  private static Summary assumed(Method method) {
    Part nothing = new Part(Set.of(), Set.of(), FieldSet.NONE, false, false);
    Part all = all(method);
    Part made = new Part(all.parameters(), Set.of(), FieldSet.NONE, true, true);
    return new Summary(Set.of(), nothing, false, false, Returned.UNKNOWN, Set.of(), Set.of(), Set.of(), made,
        Set.of(), Set.of(), false, false, true, all.parameters(), all, nothing);
  }

  private Summary summarize(Method method) {
    Evaluation evaluation = evaluations.apply(method);
    Values v = values.apply(method);
    Loops l = loops.apply(method);
    List<Return> returns = v.all(Return.class);
    Set<Integer> surely = new HashSet<>();
    Set<Integer> anew = new HashSet<>();
    List<Reach> possibly = new ArrayList<>();
    List<Reach> updating = new ArrayList<>();
    Keeping keeping = new Keeping(v, this);
    OwnContainers own = new OwnContainers(v, keeping);
    Set<Value> kept = new HashSet<>();
    List<Reach> filled = new ArrayList<>();
    boolean mayForce = false;
    boolean waits = false;
    boolean measures = false;
    for (Instruction i : v.instructions().toList()) {
      mayForce |= evaluation.mayForce(i);
      waits |= evaluation.surelyWaits(i) && l.isInEveryRun(i);
      // what a scope of the method's own releases was made in the method
      measures |= !(i instanceof ScopeExit) && evaluation.measures(i);
      if (returns.stream().allMatch(r -> l.dominates(i, r))) {
        Set<Integer> computed = positions(method, evaluation.surelyComputed(i));
        surely.addAll(computed);
        if (i instanceof Force f && f.how() != Wait.EVALUATE
            && f.uses().stream().allMatch(a -> evaluation.isBornLazy(a) && evaluation.isWork(a))) {
          anew.addAll(computed);
        }
      }
      Reach reach = evaluation.possibly(i);
      if (reach != Reach.NOTHING) {
        possibly.add(reach);
      }
      Reach update = evaluation.updating(i);
      if (update != Reach.NOTHING) {
        updating.add(update);
      }
      if (!own.take(i)) {
        // what a function captures may be reached through it, unless it is gone after the call; the
        // fields of an object are those that functions look at
        kept.addAll(i instanceof Closure c && !keeping.isRunAtOnce(c) ? c.uses().stream()
            .filter(u -> !fields.isOwn(u.type().name())).toList() : keeping.by(i));
      }
      filled.add(keeping.into(i));
    }
    List<Reach> made = returns.stream().map(r -> evaluation.behind(r.uses())).toList();
    Part forced = part(method, v, possibly);
    Set<FieldRef> lazy = returns.stream().filter(r -> !r.uses().isEmpty())
        .map(r -> evaluation.lazyComponents(r.uses().getFirst(), r)).reduce(Summary::both).orElse(Set.of());
    return new Summary(surely, forced, mayForce, waits, evaluation.returned(returns),
        positions(method, evaluation.passed(returns)), lazy,
        method.ref().name().equals("<init>") ? components(method, v, evaluation)
            : madeOf(method, evaluation, returns), method.ref().name().equals("<init>") ? all(method)
            : part(method, v, made), grown(method, v, evaluation, made), anew,
        isReader(forced, v, l, evaluation), isEvaluator(v, evaluation), measures,
        positions(method, evaluation.behind(List.copyOf(kept)).values()), part(method, v, filled),
        part(method, v, updating));
  }

  private static boolean isReader(Part forced, Values v, Loops l, Evaluation evaluation) {
    List<Instruction> waits = v.instructions().filter(evaluation::mayForce).toList();
    return waits.size() == 1 && l.innermost(waits.getFirst()).isEmpty() && forced.fields().isEmpty()
        && !forced.functions() && !forced.anything()
        && (waits.getFirst() instanceof Force f ? f.how() != Wait.EVALUATE
            : waits.getFirst() instanceof Call c && !evaluation.reads(c).isEmpty());
  }

  private static boolean isEvaluator(Values v, Evaluation evaluation) {
    return v.instructions().anyMatch(evaluation::surelyWaits) && v.instructions().allMatch(i -> switch (i) {
      case Force f -> f.how() == Wait.EVALUATE;
      case Call c -> evaluation.isEvaluator(c) || c.value().type().isJavaArray() && !c.hasReceiver();
      // with these alone only parameters are at hand
      case Constant _, Compute _, StoreElement _, Return _ -> true;
      case Instruction _ -> false;
    });
  }

  private static Part all(Method method) {
    return new Part(IntStream.range(0, method.parameters().size()).boxed().collect(Collectors.toSet()),
        Set.of(), FieldSet.NONE, false, false);
  }

  private static Part part(Method method, Values v, List<Reach> all) {
    Set<Value> reached = all.stream().flatMap(r -> r.values().stream()).collect(Collectors.toSet());
    Set<Value> owners = owners(v, reached);
    all.forEach(r -> r.touched().forEach(t -> owners.add(v.origin(t))));
    FieldSet fields = all.stream().map(Reach::fields).reduce(FieldSet.NONE, FieldSet::or);
    return new Part(positions(method, reached), positions(method, owners), fields,
        all.stream().anyMatch(Reach::functions), all.stream().anyMatch(Reach::anything));
  }

  /** Parameters whose arrays, or those in their fields and elements, are operands of what is returned. */
  private static Set<Integer> grown(Method method, Values v, Evaluation evaluation, List<Reach> made) {
    List<Value> operands = v.all(Operation.class).stream()
        .filter(o -> made.stream().anyMatch(r -> r.values().contains(o.value())))
        .flatMap(o -> o.uses().stream()).distinct().toList();
    Set<Value> reached = made.stream().flatMap(r -> r.values().stream()).collect(Collectors.toSet());
    List<Value> all = Stream.concat(operands.stream(), evaluation.filled().grown(reached)).toList();
    Set<Value> behind = new HashSet<>(evaluation.behind(all).values());
    behind.addAll(owners(v, behind));
    return positions(method, behind);
  }

  /** The objects whose fields were loaded for {@code values}. */
  private static Set<Value> owners(Values v, Set<Value> values) {
    return v.all(LoadField.class).stream().filter(f -> values.contains(f.value()))
        .flatMap(f -> f.uses().stream()).map(v::origin).collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<Integer> madeOf(Method method, Evaluation evaluation, List<Return> returns) {
    return returns.stream().map(r -> positions(method, evaluation.needed(r.uses()))).reduce(Summary::both)
        .orElse(Set.of());
  }

  /** What a record's constructor stores: who computes the record computes that. */
  private Set<Integer> components(Method constructor, Values v, Evaluation evaluation) {
    return !program.isOfRecord(constructor) ? Set.of()
        : positions(constructor, evaluation.needed(v.all(StoreField.class).stream()
            .filter(s -> !s.field().isStatic()).map(s -> s.uses().getLast()).toList()));
  }

  private static Set<Integer> positions(Method method, Set<Value> computed) {
    // what a function captures comes behind its parameters
    List<Value> given = Stream.concat(method.parameters().stream(), method.captures().stream()).toList();
    return IntStream.range(0, given.size()).filter(i -> computed.contains(given.get(i))).boxed()
        .collect(Collectors.toSet());
  }
}
