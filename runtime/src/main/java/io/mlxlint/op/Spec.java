package io.mlxlint.op;

/** What is known of an array before it is computed. */
public record Spec(Shape shape, DType dtype) {

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
