package io.mlxlint.java;

import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import java.util.List;
import java.util.Set;

/**
 * Where an interface of the linted sources has lambdas beside its classes, a call through it may run more
 * than the methods of the classes. Which those are is known when all files are lowered.
 */
final class Lambdas {
  private Lambdas() {}

  static String key(String interfaceName, String method) {
    return interfaceName + "#" + method;
  }

  static void widen(List<Method> methods, Set<String> functions) {
    for (Method m : methods) {
      for (Block b : m.blocks()) {
        for (int i = 0; i < b.instructions().size(); i++) {
          Instruction before = b.instructions().get(i);
          if (before instanceof Call c && c.target() instanceof Target.Methods t && c.hasReceiver()
              && functions.contains(key(c.uses().getFirst().type().name(),
                  t.candidates().getFirst().name()))) {
            Call wider = new Call(c.value(), new Target.Functional(t.candidates().getFirst().name()), true,
                c.uses(), c.span());
            b.replace(i, wider);
            m.sites().put(wider, m.sites().get(before));
          }
        }
      }
    }
  }
}
