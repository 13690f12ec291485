package io.mlxlint.model;

import io.mlxlint.finding.Span;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A loop of the source.
 *
 * @param header the block every iteration passes first
 * @param blocks all blocks that run once per iteration, those of inner loops included
 * @param headerSpan {@code for (...)} or {@code while (...)}, for notes
 * @param span the whole statement
 * @param parent the loop around it
 * @param tripCount how often it runs, where the source says so
 */
public record Loop(Block header, Set<Block> blocks, Span headerSpan, Span span, Optional<Loop> parent,
    Optional<Long> tripCount) {

  public boolean contains(Block block) {
    return blocks.contains(block);
  }

  /** Those that run once per iteration. */
  public Stream<Instruction> instructions() {
    return blocks.stream().flatMap(b -> b.instructions().stream());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Loop l && l.header == header;
  }

  @Override
  public int hashCode() {
    return header.hashCode();
  }
}
