package io.mlxlint.rules.memory;

import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is done with gradients, here and in the methods that get them? */
final class GradientUses {
  private final List<Instruction> uses;
  private final Set<Method> open;

  private GradientUses(List<Instruction> uses, Set<Method> open) {
    this.uses = uses;
    this.open = open;
  }

  /**
   * Collects it in {@code uses}.
   *
   * @param gradients whether {@code value} is some of them; the result as a whole also has the loss
   * @return false if they may be kept somewhere
   */
  static boolean only(Value value, boolean gradients, Facts in, List<Instruction> uses) {
    return new GradientUses(uses, new HashSet<>()).only(value, gradients, in);
  }

  private boolean only(Value value, boolean gradients, Facts in) {
    if (value.type().name().equals("java.lang.String")) {
      return true;
    }
    for (Instruction use : in.values().uses(value)) {
      boolean fine = switch (use) {
        case Compute c when c.operator().equals("cast") -> only(c.value(), gradients, in);
        case Compute _ -> true;
        case Call c when c.target() instanceof Target.Runtime r -> switch (r.method().name()) {
          case "value", "values", "names", "norm" -> !gradients || note(use);
          case "grads", "grad", "gradsByName", "gradients" -> note(use) && only(c.value(), true, in);
          default -> note(use);
        };
        case LoadElement e -> note(use) && only(e.value(), gradients, in);
        case Iterate i -> note(use) && only(i.value(), gradients, in);
        case Call c when c.target() instanceof Target.Library l && isLook(l.name()) ->
            note(use) && only(c.value(), gradients, in);
        case Call c when c.target() instanceof Target.Library l && l.name().equals("forEach") ->
            note(use) && in.values().definition(c.uses().getLast(), Closure.class).map(Closure::body)
                .filter(f -> inside(f, f.parameters().getLast(), true, in.of(f), new ArrayList<>()))
                .isPresent();
        case Call c when c.target() instanceof Target.Methods m -> note(use)
            && m.candidates().stream().map(in.program().byRef()::get)
                .allMatch(callee -> isOnlyUsedBy(callee, c, value, gradients, in));
        case Closure c -> note(use) && isRunAtOnce(c, in)
            && isOnlyUsed(c.body(), c.body().captures().get(c.uses().indexOf(value)), gradients, in);
        case Operation _, Force _, Release _ -> note(use);
        case Instruction _ -> false;
      };
      if (!fine) {
        return false;
      }
    }
    return true;
  }

  private boolean note(Instruction use) {
    uses.add(use);
    return true;
  }

  private boolean inside(Method body, Value value, boolean gradients, Facts in, List<Instruction> found) {
    if (!open.add(body)) {
      return false;
    }
    boolean fine = new GradientUses(found, open).only(value, gradients, in);
    open.remove(body);
    return fine;
  }

  /** Does a method that gets them neither keep, hand back nor release them, and wait for nothing? */
  private boolean isOnlyUsedBy(Method callee, Call call, Value value, boolean gradients, Facts in) {
    return callee != null && !callee.ref().name().equals("<init>")
        && callee.parameters().size() == call.uses().size()
        && Collections.frequency(call.uses(), value) == 1 && !in.evaluation().mayForce(call)
        && isOnlyUsed(callee, callee.parameters().get(call.uses().indexOf(value)), gradients, in);
  }

  private boolean isOnlyUsed(Method body, Value value, boolean gradients, Facts in) {
    List<Instruction> found = new ArrayList<>();
    return inside(body, value, gradients, in.of(body), found)
        && found.stream().noneMatch(Release.class::isInstance);
  }

  /** Is it given to a map that runs it and does not keep it? */
  private static boolean isRunAtOnce(Closure function, Facts in) {
    List<Instruction> given = in.values().usesThroughCasts(function.value());
    return !given.isEmpty() && given.stream().allMatch(u -> u instanceof Call c && c.hasReceiver()
        && c.target() instanceof Target.Library l && switch (l.name()) {
          case "forEach", "compute", "computeIfPresent", "replaceAll" -> true;
          default -> false;
        });
  }

  private static boolean isLook(String method) {
    return switch (method) {
      case "size", "isEmpty", "keySet", "values", "entrySet", "containsKey", "getKey" -> true;
      default -> false;
    };
  }
}
