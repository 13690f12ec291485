package io.mlxlint.mx;

import io.mlxlint.op.Converting;
import io.mlxlint.op.DType;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Shape;
import java.util.Arrays;

/** What {@code x.set(v, mask)} means: assignment where a mask of the first dimensions is true. */
final class Masked {

  private Masked() {}

  static boolean isMask(Object[] subscripts) {
    return subscripts.length == 1 && subscripts[0] instanceof Array a && a.dtype() == DType.BOOL;
  }

  /**
   * A copy of x. A value of at most the masked blocks' rank is put into each of them; one of a rank more
   * gives each block, in order, one of its own.
   */
  static Array put(Array x, Array mask, Array value) {
    Array cast = MX.astype(value, x.dtype());
    if (value.ndim() > x.ndim() - mask.ndim()) {
      return Array.apply(new Indexing.MaskedScatter(), x, mask, cast);
    }
    int[] dims = Arrays.copyOf(mask.shape().toArray(), x.ndim());
    if (!Arrays.equals(mask.shape().toArray(), Arrays.copyOf(x.shape().toArray(), mask.ndim()))) {
      throw new IllegalArgumentException("a mask of shape " + mask.shape() + " for array of shape "
          + x.shape() + ", it must have the shape of the first dimensions");
    }
    Arrays.fill(dims, mask.ndim(), dims.length, 1);
    Array out = Array.apply(new Converting.Where(), MX.reshape(mask, dims), cast, x);
    if (!out.shape().equals(x.shape())) {
      throw new IllegalArgumentException("values of shape " + value.shape()
          + " do not fit the masked blocks of shape "
          + Shape.of(Arrays.copyOfRange(x.shape().toArray(), mask.ndim(), x.ndim())));
    }
    return out;
  }
}
