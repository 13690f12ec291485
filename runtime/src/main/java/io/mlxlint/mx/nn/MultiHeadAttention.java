package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import io.mlxlint.op.Performs;

/**
 * Scaled dot product attention with projections ({@code mlx.nn.MultiHeadAttention}). Queries, keys and values
 * are [B, T, dims]; the result is [B, T, dims].
 */
public final class MultiHeadAttention extends Module {
  /** The four projections, each weight [dims, dims]. */
  public final Linear queryProj;
  public final Linear keyProj;
  public final Linear valueProj;
  public final Linear outProj;
  private final int heads;

  /** Without biases. */
  public MultiHeadAttention(int dims, int heads) {
    this(dims, heads, false);
  }

  /**
   * {@code heads} divides {@code dims}.
   *
   * @param bias in each of the projections
   * @throws IllegalArgumentException if it does not
   */
  public MultiHeadAttention(int dims, int heads, boolean bias) {
    if (dims % heads != 0) {
      throw new IllegalArgumentException("multi_head_attention: " + dims + " dims do not divide by " + heads);
    }
    this.heads = heads;
    queryProj = new Linear(dims, dims, bias);
    keyProj = new Linear(dims, dims, bias);
    valueProj = new Linear(dims, dims, bias);
    outProj = new Linear(dims, dims, bias);
  }

  @Override
  protected Array forward(Array queries, Array keys, Array values) {
    return attend(queries, keys, values, null);
  }

  /** With a mask that broadcasts to [B, heads, T, S], added or bool; {@code null} is none. */
  @Performs
  public Array apply(Array queries, Array keys, Array values, Array mask) {
    return MX.tidy(() -> attend(queries, keys, values, mask));
  }

  private Array attend(Array queries, Array keys, Array values, Array mask) {
    Array q = split(queryProj.apply(queries));
    Array k = split(keyProj.apply(keys));
    Array v = split(valueProj.apply(values));
    Array out = Fast.scaledDotProductAttention(q, k, v, Math.sqrt(1.0 / q.shape(-1)), mask);
    return outProj.apply(out.transpose(0, 2, 1, 3).flatten(-2, -1));
  }

  /** [B, T, dims] to [B, heads, T, dims / heads]. */
  private Array split(Array x) {
    return MX.unflatten(x, -1, heads, -1).transpose(0, 2, 1, 3);
  }

  /** As {@link #createAdditiveCausalMask(int, DType)} in float32. */
  @Performs
  public static Array createAdditiveCausalMask(int n) {
    return createAdditiveCausalMask(n, MX.float32);
  }

  /** Zero where position i may see position j, a large negative number elsewhere: [n, n]. */
  @Performs
  public static Array createAdditiveCausalMask(int n, DType dtype) {
    return MX.tidy(() -> {
      Array at = MX.arange(n);
      Array hidden = MX.less(at.expandDims(1), at);
      return MX.multiply(hidden.astype(dtype), -dtype.largest());
    });
  }
}
