package io.mlxlint.analysis.loops;

import io.mlxlint.analysis.loops.Repetition.Handed;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.model.CodeFailure;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Branch;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which methods run again and again, because a loop, a recursion or the JDK calls them? */
public final class Repetitions {

  /**
   * Where a method or lambda is called, or a lambda is handed to a call.
   *
   * @param elsewhere the lambda, if it was written elsewhere and captures something there
   */
  private record Use(Method caller, Instruction at, Map<Value, Value> given, Optional<Closure> elsewhere) {}

  private final Program program;
  private final Function<Method, Values> values;
  private final Function<Method, Loops> loops;
  private final FunctionValues functions;
  private final Map<MethodRef, List<Repetition>> known = new HashMap<>();
  private Map<MethodRef, List<Use>> uses;

  public Repetitions(Program program, Function<Method, Values> values, Function<Method, Loops> loops,
      FunctionValues functions) {
    this.program = program;
    this.values = values;
    this.loops = loops;
    this.functions = functions;
  }

  /** All reasons that are known, those of the callers included. */
  public List<Repetition> of(Method method) {
    List<Repetition> found = known.get(method.ref());
    if (found == null) {
      // a recursion finds nothing here while it is looked for
      known.put(method.ref(), List.of());
      found = uses().getOrDefault(method.ref(), List.of()).stream()
          .flatMap(u -> CodeFailure.in(u.caller(), () -> repeated(method, u)).stream()).toList();
      known.put(method.ref(), found);
    }
    return found;
  }

  private List<Repetition> repeated(Method method, Use use) {
    Values v = values.apply(use.caller());
    boolean compares = use.at() instanceof Call c && Sorts.compares(c, v);
    if (use.at() instanceof Call c && (compares || Streams.repeats(c, v))) {
      return List.of(new Repetition(use.caller(), c, Optional.empty(), c.span(),
          Set.copyOf(method.parameters()), !compares && Streams.mayStop(c, v),
          new Handed(use.caller(), use.given(), Optional.empty())));
    }
    Loops there = loops.apply(use.caller());
    Optional<Loop> loop = there.repeating(use.at());
    if (loop.isPresent()) {
      Value result = use.at().result().orElseThrow();
      boolean decides = there.decidesExit(result, loop.get())
          || use.given().values().stream().anyMatch(a -> there.decidesNext(result, a, loop.get()));
      return List.of(new Repetition(use.caller(), use.at(), loop, loop.get().headerSpan(),
          varying(use, a -> there.changesIn(a, loop.get())), decides,
          new Handed(use.caller(), use.given(), Optional.empty())));
    }
    if (use.at() instanceof Call c && c.target() instanceof Target.Library) {
      return List.of();
    }
    if (use.caller().equals(method)) {
      Set<Value> varying = use.given().entrySet().stream()
          .filter(e -> !v.origin(e.getValue()).equals(e.getKey())).map(Map.Entry::getKey)
          .collect(Collectors.toSet());
      return List.of(new Repetition(method, use.at(), Optional.empty(), use.at().span(), varying,
          v.all(Branch.class).stream().flatMap(b -> v.sources(b.uses().getFirst(), _ -> true).stream())
              .anyMatch(c -> v.definition(c, Force.class).isPresent()),
          new Handed(method, Map.of(), Optional.empty())));
    }
    List<Repetition> around = of(use.caller());
    boolean isFunction = use.at() instanceof Call c && c.target() instanceof Target.Functional;
    // what asks first whether to run a function, as for a log, may hardly ever do so
    if (around.isEmpty() || isFunction && !there.isInEveryRun(use.at())) {
      return List.of();
    }
    Map<Value, Set<Value>> sources = new HashMap<>();
    use.given().values().forEach(a -> sources.computeIfAbsent(a, _ -> v.sources(a, _ -> true)));
    return around.stream().filter(r -> isKnown(use, r) && !there.isSeldom(use.at(), there.body(r.around())))
        .map(r -> new Repetition(r.caller(), r.at(), r.loop(), r.around(),
            varyingAround(use, r, a -> !Collections.disjoint(sources.get(a), r.varying())), r.decides(),
            new Handed(use.caller(), use.given(), Optional.of(r)))).toList();
  }

  private static Set<Value> varying(Use use, Predicate<Value> changes) {
    return use.given().entrySet().stream().filter(e -> changes.test(e.getValue())).map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Map<MethodRef, List<Use>> uses() {
    if (uses == null) {
      uses = new HashMap<>();
      program.each(m -> {
        Values v = values.apply(m);
        for (Instruction i : v.instructions().toList()) {
          switch (i) {
            case Call c when c.target() instanceof Target.Methods t -> t.candidates().stream()
                .map(program.byRef()::get).filter(Objects::nonNull)
                .forEach(callee -> add(callee.ref(), new Use(m, c, given(callee, c), Optional.empty())));
            case Call c when c.target() instanceof Target.Functional ->
                functions.some(c).forEach(f -> add(f.body().ref(), called(f, c, m)));
            case Closure c -> v.usesThroughCasts(c.value()).forEach(u -> {
              boolean isGiven = u instanceof Call given && given.target() instanceof Target.Library
                  || u instanceof Transform t && t.method().equals("tidy");
              if (isGiven) {
                add(c.body().ref(), new Use(m, u, paired(c.body().captures(), c.uses()),
                    Optional.empty()));
              }
            });
            case Instruction _ -> { }
          }
        }
      });
    }
    return uses;
  }

  private Use called(Closure function, Call call, Method caller) {
    Method body = function.body();
    Map<Value, Value> given = paired(body.parameters(), call.uses().subList(1, call.uses().size()));
    boolean isHere = functions.isHere(function, call);
    if (isHere) {
      given.putAll(paired(body.captures(), function.uses()));
    }
    return new Use(caller, call, given,
        Optional.of(function).filter(f -> !isHere && !f.uses().isEmpty()));
  }

  private void add(MethodRef method, Use use) {
    uses.computeIfAbsent(method, _ -> new ArrayList<>()).add(use);
  }

  private static Map<Value, Value> given(Method callee, Call call) {
    List<Value> parameters = callee.parameters();
    // a constructor is not given what it makes
    boolean isNew = !call.hasReceiver() && callee.ref().name().equals("<init>");
    return paired(isNew ? parameters.subList(1, parameters.size()) : parameters, call.uses());
  }

  /** Is nothing captured elsewhere, or where the loop is, so that it is known what changes? */
  private boolean isKnown(Use use, Repetition r) {
    return use.elsewhere().isEmpty()
        || r.loop().isPresent() && functions.isWrittenIn(use.elsewhere().get(), r.caller());
  }

  private Set<Value> varyingAround(Use use, Repetition r, Predicate<Value> changes) {
    Set<Value> varying = new HashSet<>(varying(use, changes));
    use.elsewhere().ifPresent(f -> {
      Loops there = loops.apply(r.caller());
      paired(f.body().captures(), f.uses()).forEach((inside, captured) -> {
        if (there.changesIn(captured, r.loop().orElseThrow())) {
          varying.add(inside);
        }
      });
    });
    return varying;
  }

  private static Map<Value, Value> paired(List<Value> inside, List<Value> given) {
    Map<Value, Value> paired = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(inside.size(), given.size()); i++) {
      paired.put(inside.get(i), given.get(i));
    }
    return paired;
  }
}
