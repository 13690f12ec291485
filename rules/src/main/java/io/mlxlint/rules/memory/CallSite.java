package io.mlxlint.rules.memory;

import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Target;
import io.mlxlint.rule.Facts;
import java.util.List;

/** A call that may run a method, and the method that makes it. */
record CallSite(Call call, Facts in) {

  /** All of the program that may run the method. */
  static List<CallSite> of(Facts method) {
    return method.program().methods().stream().map(method::of)
        .flatMap(in -> in.values().all(Call.class).stream().map(call -> new CallSite(call, in)))
        .filter(site -> site.call.target() instanceof Target.Methods m
            && m.candidates().contains(method.method().ref())).toList();
  }

  /** Does it run no other method? */
  boolean isCertain() {
    return call.target() instanceof Target.Methods m && m.candidates().size() == 1;
  }
}
