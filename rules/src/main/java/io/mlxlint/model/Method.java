package io.mlxlint.model;

import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One method, constructor, initializer or lambda body.
 *
 * @param ref for a lambda body, the enclosing method's with a name such as {@code step$lambda0}
 * @param parameters {@code this} first in an instance method
 * @param captures in a lambda body, the captured values, as they are called inside
 * @param blocks the first one is the entry
 * @param loops outer before inner
 * @param enclosing the method around a lambda body
 * @param sites where each instruction stands, by identity; see {@link #site}
 */
public record Method(MethodRef ref, List<Value> parameters, List<Value> captures, Type returnType,
    List<Block> blocks, List<Loop> loops, Optional<MethodRef> enclosing, boolean isPublic, Span span,
    Map<Instruction, Site> sites) {

  public Method {
    parameters = List.copyOf(parameters);
    captures = List.copyOf(captures);
    blocks = List.copyOf(blocks);
    loops = List.copyOf(loops);
  }

  public Block entry() {
    return blocks.getFirst();
  }

  /** All instructions in the order of the blocks. */
  public Stream<Instruction> instructions() {
    return blocks.stream().flatMap(b -> b.instructions().stream());
  }

  /** Where the instruction stands; empty for what the source only implies, such as a phi. */
  public Optional<Site> site(Instruction instruction) {
    return Optional.ofNullable(sites.get(instruction));
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Method m && m.ref.equals(ref) && m.span.equals(span);
  }

  @Override
  public int hashCode() {
    return ref.hashCode();
  }
}
