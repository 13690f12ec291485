package io.mlxlint.mx;

import io.mlxlint.op.Fusing;
import io.mlxlint.op.Performs;

/**
 * The functions of {@code mx.fast}: several operations in one pass, with float32 statistics for half
 * precision.
 */
public final class Fast {

  private Fast() {}

  /**
   * {@code x / sqrt(mean(x^2) + eps) * weight} over the last dimension; the dtypes promote.
   *
   * @param weight of the last dimension's size, or {@code null}
   */
  @Performs("rms_norm")
  public static Array rmsNorm(Array x, Array weight, double eps) {
    Fusing.RmsNorm op = new Fusing.RmsNorm(weight != null, (float) eps);
    return weight == null ? Array.apply(op, x) : Array.apply(op, x, weight);
  }

  /**
   * {@code (x - mean) / sqrt(var + eps) * weight + bias} over the last dimension; the dtypes promote.
   *
   * @param weight of the last dimension's size, or {@code null}
   * @param bias of the last dimension's size, or {@code null}
   */
  @Performs("layer_norm")
  public static Array layerNorm(Array x, Array weight, Array bias, double eps) {
    Fusing.LayerNorm op = new Fusing.LayerNorm(weight != null, bias != null, (float) eps);
    if (weight == null) {
      return bias == null ? Array.apply(op, x) : Array.apply(op, x, bias);
    }
    return bias == null ? Array.apply(op, x, weight) : Array.apply(op, x, weight, bias);
  }

  /**
   * Rotary positions on the first {@code dims} elements of the last dimension of x, shape [..., T, D] with at
   * least three dimensions; positions are {@code (offset + t) * scale}.
   *
   * @param traditional rotates neighbouring elements instead of halves
   */
  @Performs("rope")
  public static Array rope(Array x, int dims, boolean traditional, double base, double scale, int offset) {
    return rope(x, dims, traditional, base, scale, Weak.scalar(x.engine(), MX.int32, (long) offset));
  }

  /**
   * As {@link #rope(Array, int, boolean, double, double, int)}; an integer scalar or one offset per batch
   * row.
   */
  @Performs("rope")
  public static Array rope(Array x, int dims, boolean traditional, double base, double scale, Array offset) {
    return Array.apply(new Fusing.Rope(dims, traditional, (float) base, (float) scale, false), x, offset);
  }

  /**
   * As {@link #rope(Array, int, boolean, double, double, Array)} with {@code freqs} [dims / 2] in place of a
   * base: the angle at a position is {@code scale * position / freqs}.
   */
  @Performs("rope")
  public static Array rope(Array x, int dims, boolean traditional, Array freqs, double scale, Array offset) {
    return Array.apply(new Fusing.Rope(dims, traditional, 0, (float) scale, true), x, offset, freqs);
  }

  /**
   * {@code softmax(q @ k.T * scale) @ v}: q [B, H, L, D], k [B, K, S, D], v [B, K, S, E], H a multiple of K;
   * the result is [B, H, L, E] and the softmax is computed in float32.
   */
  @Performs("scaled_dot_product_attention")
  public static Array scaledDotProductAttention(Array q, Array k, Array v, double scale) {
    return Array.apply(new Fusing.Attention((float) scale, Fusing.Mask.NONE), q, k, v);
  }

  /**
   * As {@link #scaledDotProductAttention(Array, Array, Array, double)}; the only named mask is {@code
   * "causal"}.
   */
  @Performs("scaled_dot_product_attention")
  public static Array scaledDotProductAttention(Array q, Array k, Array v, double scale, String mask) {
    if (!"causal".equals(mask)) {
      throw new IllegalArgumentException("scaled_dot_product_attention: no mask named " + mask
          + ", only causal");
    }
    return Array.apply(new Fusing.Attention((float) scale, Fusing.Mask.CAUSAL), q, k, v);
  }

  /**
   * As {@link #scaledDotProductAttention(Array, Array, Array, double)} with a mask that broadcasts to [B, H,
   * L, S]: bool keeps where true, a floating mask is added and must promote to the result's dtype. {@code
   * null} is no mask.
   */
  @Performs("scaled_dot_product_attention")
  public static Array scaledDotProductAttention(Array q, Array k, Array v, double scale, Array mask) {
    return mask == null ? scaledDotProductAttention(q, k, v, scale)
        : Array.apply(new Fusing.Attention((float) scale, Fusing.Mask.ARRAY), q, k, v, mask);
  }

  /**
   * As {@link #scaledDotProductAttention(Array, Array, Array, double, Array)} with attention sinks [H]: one
   * more score for each head, which takes its share of the softmax and adds nothing to the result. {@code
   * null} is no mask.
   */
  @Performs("scaled_dot_product_attention")
  public static Array scaledDotProductAttention(Array q, Array k, Array v, double scale, Array mask,
      Array sinks) {
    return mask == null
        ? Array.apply(new Fusing.Attention((float) scale, Fusing.Mask.NONE, true), q, k, v, sinks)
        : Array.apply(new Fusing.Attention((float) scale, Fusing.Mask.ARRAY, true), q, k, v, mask, sinks);
  }

  /**
   * The negative log-likelihood of integer {@code targets} [...] under floating {@code logits} [..., C],
   * float32 in the shape of the targets.
   */
  @Performs("cross_entropy")
  public static Array crossEntropy(Array logits, Array targets) {
    return Array.apply(new Fusing.CrossEntropy(), logits, targets);
  }
}
