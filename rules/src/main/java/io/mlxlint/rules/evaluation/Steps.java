package io.mlxlint.rules.evaluation;

import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Target;
import io.mlxlint.rule.Facts;

/** Which loops of a method run steps of the program, and which one only builds a part of a step's graph? */
final class Steps {
  /** So long a loop, over batches or time, makes a graph of its own in each iteration. */
  private static final long MANY = 100;

  private final Facts facts;

  Steps(Facts facts) {
    this.facts = facts;
  }

  /** A loop over layers or parameters neither computes anything nor asks for gradients. */
  boolean areStepsOf(Loop loop) {
    return loop.tripCount().filter(n -> n >= MANY).isPresent()
        || facts.values().instructions().anyMatch(i -> facts.loops().isInside(i, loop)
            && (computes(i) || makesGradients(i)));
  }

  private boolean computes(Instruction instruction) {
    return instruction instanceof Submit || facts.evaluation().surelyWaits(instruction)
        || instruction instanceof Call c && c.target() instanceof Target.Methods
            && facts.evaluation().mayForce(c);
  }

  private boolean makesGradients(Instruction instruction) {
    return facts.evaluation().updatesModels(instruction)
        || instruction instanceof Call c && c.hasReceiver()
            && (c.uses().getFirst().type().name().endsWith(".ValueAndGrad")
                || facts.values().definition(c.uses().getFirst(), Transform.class)
                    .filter(t -> t.method().startsWith("grad")).isPresent());
  }
}
