package io.mlxlint.analysis.loops;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which methods run again and again, because a loop, a recursion or the JDK calls them? */
public final class Repetitions {

  /** Where a method is called, or a lambda is handed to a call. */
  private record Use(Method caller, Instruction at, List<Value> given) {}

  private final Program program;
  private final Function<Method, Values> values;
  private final Function<Method, Loops> loops;
  private final Map<MethodRef, List<Repetition>> known = new HashMap<>();
  private Map<MethodRef, List<Use>> uses;

  public Repetitions(Program program, Function<Method, Values> values, Function<Method, Loops> loops) {
    this.program = program;
    this.values = values;
    this.loops = loops;
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
    Loops there = loops.apply(use.caller());
    Optional<Loop> loop = there.repeating(use.at());
    if (loop.isPresent()) {
      Value result = use.at().result().orElseThrow();
      boolean decides = there.decidesExit(result, loop.get())
          || use.given().stream().anyMatch(v -> there.decidesNext(result, v, loop.get()));
      return List.of(new Repetition(use.caller(), use.at(), loop, loop.get().headerSpan(),
          varying(method, use, v -> there.changesIn(v, loop.get())), decides));
    }
    if (use.at() instanceof Call c && c.target() instanceof Target.Library) {
      return isRepeating(c) ? List.of(new Repetition(use.caller(), use.at(), Optional.empty(), c.span(),
          Set.copyOf(method.parameters()), false)) : List.of();
    }
    if (use.caller().equals(method)) {
      Values v = values.apply(method);
      Set<Value> varying = varying(method, use, a -> !method.parameters().contains(v.origin(a))
          || method.parameters().indexOf(v.origin(a)) != use.given().indexOf(a));
      return List.of(new Repetition(method, use.at(), Optional.empty(), use.at().span(), varying,
          v.all(Branch.class).stream().flatMap(b -> v.sources(b.uses().getFirst(), _ -> true).stream())
              .anyMatch(c -> v.definition(c, Force.class).isPresent())));
    }
    List<Repetition> around = of(use.caller());
    if (around.isEmpty()) {
      return List.of();
    }
    Values v = values.apply(use.caller());
    Map<Value, Set<Value>> sources = new HashMap<>();
    use.given().forEach(a -> sources.computeIfAbsent(a, _ -> v.sources(a, _ -> true)));
    return around.stream().map(r -> new Repetition(r.caller(), r.at(), r.loop(), r.around(),
        varying(method, use, a -> !Collections.disjoint(sources.get(a), r.varying())), r.decides())).toList();
  }

  private static Set<Value> varying(Method method, Use use, Function<Value, Boolean> changes) {
    List<Value> inside = use.at() instanceof Call ? method.parameters() : method.captures();
    Set<Value> varying = new HashSet<>();
    for (int i = 0; i < Math.min(inside.size(), use.given().size()); i++) {
      if (changes.apply(use.given().get(i))) {
        varying.add(inside.get(i));
      }
    }
    return varying;
  }

  /** A call of the JDK that runs its function once per element. */
  private static boolean isRepeating(Call call) {
    return call.target() instanceof Target.Library l && switch (l.name()) {
      case "map", "mapToObj", "mapToInt", "mapToLong", "mapToDouble", "filter", "flatMap" ->
          l.className().startsWith("java.util.stream.");
      case "forEach", "forEachOrdered", "setAll", "replaceAll", "forEachRemaining" ->
          !l.className().equals("java.util.Optional");
      default -> false;
    };
  }

  private Map<MethodRef, List<Use>> uses() {
    if (uses == null) {
      uses = new HashMap<>();
      program.each(m -> {
        Values v = values.apply(m);
        for (Instruction i : v.instructions().toList()) {
          switch (i) {
            case Call c when c.target() instanceof Target.Methods t -> t.candidates()
                .forEach(r -> add(r, new Use(m, c, c.uses())));
            case Closure c -> v.usesThroughCasts(c.value()).forEach(u -> {
              boolean isGiven = u instanceof Call given && given.target() instanceof Target.Library
                  || u instanceof Transform t && t.method().equals("tidy");
              if (isGiven) {
                add(c.body().ref(), new Use(m, u, u instanceof Transform ? c.uses() : List.of()));
              }
            });
            case Instruction _ -> { }
          }
        }
      });
    }
    return uses;
  }

  private void add(MethodRef method, Use use) {
    uses.computeIfAbsent(method, _ -> new ArrayList<>()).add(use);
  }
}
