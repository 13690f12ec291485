package io.mlxlint.op;

import java.util.Objects;

/** What is known of an array before it is computed. */
public record Spec(Shape shape, DType dtype) {

  /** Refuses a missing dtype where the array is made, not where it is computed. */
  public Spec {
    Objects.requireNonNull(dtype, "no dtype");
  }

  /** Bytes of a dense array of this shape and dtype. */
  public long nbytes() {
    return shape.size() * dtype.itemSize();
  }

  /** The same shape in {@code dtype}. */
  Spec as(DType dtype) {
    return dtype == this.dtype ? this : new Spec(shape, dtype);
  }

  @Override
  public String toString() {
    return dtype + shape.toString();
  }
}
