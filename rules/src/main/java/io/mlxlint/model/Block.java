package io.mlxlint.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Instructions that run one after the other; identity is what distinguishes two blocks. */
public final class Block {
  private final int index;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Block> successors = new ArrayList<>();
  private final List<Block> predecessors = new ArrayList<>();

  public Block(int index) {
    this.index = index;
  }

  /** The position in {@link Method#blocks}. */
  public int index() {
    return index;
  }

  public List<Instruction> instructions() {
    return Collections.unmodifiableList(instructions);
  }

  /** The last one, which says how the block ends; empty in an empty block. */
  public Optional<Instruction> last() {
    return instructions.isEmpty() ? Optional.empty() : Optional.of(instructions.getLast());
  }

  public List<Block> successors() {
    return Collections.unmodifiableList(successors);
  }

  public List<Block> predecessors() {
    return Collections.unmodifiableList(predecessors);
  }

  /** For the front end only. */
  public void append(Instruction instruction) {
    instructions.add(instruction);
  }

  /** For the front end only: phis stand before all else. */
  public void prepend(Instruction.Phi phi) {
    instructions.addFirst(phi);
  }

  /** For the front end only. */
  public void replace(int at, Instruction instruction) {
    instructions.set(at, instruction);
  }

  /** For the front end only. */
  public void leadsTo(Block next) {
    successors.add(next);
    next.predecessors.add(this);
  }

  @Override
  public String toString() {
    return "b" + index;
  }
}
