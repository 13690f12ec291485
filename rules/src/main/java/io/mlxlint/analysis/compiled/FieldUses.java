package io.mlxlint.analysis.compiled;

import io.mlxlint.analysis.evaluation.Evaluation;
import io.mlxlint.analysis.evaluation.FieldSet;
import io.mlxlint.analysis.evaluation.Reach;
import io.mlxlint.analysis.values.Values;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import io.mlxlint.model.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Who in the whole program uses a field, calls a method or compiles a function? */
public final class FieldUses {
  private final Map<FieldRef, Set<Method>> users = new HashMap<>();
  private final Map<MethodRef, Set<Method>> callers = new HashMap<>();
  private final Set<Method> compiled = new HashSet<>();
  private final Program program;
  private FieldSet computed = FieldSet.NONE;
  private boolean anyTree;

  public FieldUses(Program program, Function<Method, Values> values,
      Function<Method, Evaluation> evaluations) {
    this.program = program;
    program.each(m -> {
      Evaluation evaluation = evaluations.apply(m);
      m.instructions().forEach(i -> {
        Reach wholes = evaluation.wholes(i);
        computed = computed.or(wholes.fields());
        anyTree |= wholes.anything();
        switch (i) {
          case LoadField l -> users.computeIfAbsent(l.field(), _ -> new LinkedHashSet<>()).add(m);
          case StoreField s -> users.computeIfAbsent(s.field(), _ -> new LinkedHashSet<>()).add(m);
          case Call c when c.target() instanceof Target.Methods t ->
              t.candidates().forEach(r -> callers.computeIfAbsent(r, _ -> new LinkedHashSet<>()).add(m));
          case Closure c when isCompiled(c, values.apply(m)) -> compiled.add(c.body());
          case Instruction _ -> { }
        }
      });
    });
  }

  /** A compiled function computes its own copy of what it captures. */
  public static boolean isCompiled(Closure function, Values values) {
    List<Instruction> uses = values.usesThroughCasts(function.value());
    return !uses.isEmpty() && uses.stream().allMatch(u -> u instanceof Transform t && t.isCompilation());
  }

  /** The methods that load or store the field. */
  public Set<Method> of(FieldRef field) {
    return users.getOrDefault(field, Set.of());
  }

  public Set<Method> callers(Method method) {
    return callers.getOrDefault(method.ref(), Set.of());
  }

  public boolean isCompiled(Method body) {
    return compiled.contains(body);
  }

  /** May an object be evaluated that has the field, such as a module? */
  public boolean isComputedWhole(FieldRef field) {
    return computed.contains(field) || anyTree && program.isTree(field.className());
  }
}
