package io.mlxlint.analysis.loops;

import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Why the body of a method or lambda runs again and again.
 *
 * @param caller the method in which that happens
 * @param at the call there; for a lambda, the call that is given it
 * @param loop the loop of the caller around it; empty for a recursion or a function that the JDK repeats
 * @param around what is repeated, for notes
 * @param varying the parameters and captures of the body that may differ from one run to the next
 * @param decides whether what the body returns decides if there is another run, or what that is given
 * @param handed what the body is given where it is called, or where the lambda is written
 */
public record Repetition(Method caller, Instruction at, Optional<Loop> loop, Span around, Set<Value> varying,
    boolean decides, Handed handed) {

  /**
   * @param by the method that calls the body directly, or that the lambda stands in
   * @param given for parameters and captures of the body, what they are there
   * @param outer why {@code by} itself is repeated, if that is the reason
   */
  public record Handed(Method by, Map<Value, Value> given, Optional<Repetition> outer) {}
}
