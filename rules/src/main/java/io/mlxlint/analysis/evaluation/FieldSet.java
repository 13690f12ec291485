package io.mlxlint.analysis.evaluation;

import io.mlxlint.model.FieldRef;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;

/** Fields of the program, one bit each: there are many such sets, they are large, and most are unions. */
public final class FieldSet {
  public static final FieldSet NONE = new FieldSet(Map.of(), new BitSet());

  private final Map<FieldRef, Integer> numbers;
  private final BitSet bits;

  private FieldSet(Map<FieldRef, Integer> numbers, BitSet bits) {
    this.numbers = numbers;
    this.bits = bits;
  }

  /** @param numbers of all fields of the program */
  static FieldSet of(Collection<FieldRef> fields, Map<FieldRef, Integer> numbers) {
    BitSet bits = new BitSet(numbers.size());
    fields.forEach(f -> bits.set(numbers.get(f)));
    return new FieldSet(numbers, bits);
  }

  public boolean contains(FieldRef field) {
    Integer number = bits.isEmpty() ? null : numbers.get(field);
    return number != null && bits.get(number);
  }

  boolean intersects(FieldSet other) {
    return bits.intersects(other.bits);
  }

  public boolean isEmpty() {
    return bits.isEmpty();
  }

  /** Those in either. */
  public FieldSet or(FieldSet other) {
    if (other == this || other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    BitSet all = (BitSet) bits.clone();
    all.or(other.bits);
    return all.equals(bits) ? this : new FieldSet(numbers, all);
  }
}
