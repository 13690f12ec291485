package io.mlxlint.op;

/** Operations that an engine computes in one pass: softmax and those of {@code mx.fast}. */
public enum Fusing implements Kind {
  SOFTMAX(DTypeRule.INEXACT),
  LOGSUMEXP(DTypeRule.INEXACT),
  RMS_NORM(DTypeRule.FLOATING_ONLY),
  LAYER_NORM(DTypeRule.FLOATING_ONLY),
  ROPE(DTypeRule.FIRST),
  SCALED_DOT_PRODUCT_ATTENTION(DTypeRule.FLOATING_ONLY),
  /** float32, whatever the logits. */
  CROSS_ENTROPY(DTypeRule.GIVEN);

  private final DTypeRule dtypes;

  Fusing(DTypeRule dtypes) {
    this.dtypes = dtypes;
  }

  @Override
  public DTypeRule dtypes() {
    return dtypes;
  }

  /** Over {@code axes} ({@code null}: all); {@code precise} accumulates halves in float32. */
  public record Softmax(int[] axes, boolean precise) implements Primitive {
    @Override
    public Kind kind() {
      return SOFTMAX;
    }

    @Override
    public Spec infer(Spec... operands) {
      Spec x = operands[0];
      Shapes.axes("softmax", x.shape(), axes);
      return new Spec(x.shape(), SOFTMAX.dtypes.apply(SOFTMAX, x.dtype()));
    }
  }

  /** {@code log(sum(exp(x)))} over {@code axes} ({@code null}: all), without overflow. */
  public record LogSumExp(int[] axes, boolean keepDims) implements Primitive {
    @Override
    public Kind kind() {
      return LOGSUMEXP;
    }

    @Override
    public Spec infer(Spec... operands) {
      Spec x = operands[0];
      int[] over = Shapes.axes("logsumexp", x.shape(), axes);
      if (x.shape().size() == 0) {
        throw new IllegalArgumentException("logsumexp of an array of size 0, shape " + x.shape());
      }
      return new Spec(Shapes.reduced(x.shape(), over, keepDims),
          LOGSUMEXP.dtypes.apply(LOGSUMEXP, x.dtype()));
    }
  }

  /** Operands x and, if {@code weighted}, a weight of the last dimension's size; statistics in float32. */
  public record RmsNorm(boolean weighted, float eps) implements Composite {
    @Override
    public Kind kind() {
      return RMS_NORM;
    }

    @Override
    public Spec infer(Spec... operands) {
      return normalized(RMS_NORM, weighted, operands);
    }
  }

  /**
   * Operands x, then weight if {@code weighted}, then bias if {@code biased}, both of the last dimension's
   * size.
   */
  public record LayerNorm(boolean weighted, boolean biased, float eps) implements Composite {
    @Override
    public Kind kind() {
      return LAYER_NORM;
    }

    @Override
    public Spec infer(Spec... operands) {
      return normalized(LAYER_NORM, weighted, operands);
    }
  }

  /**
   * Rotary positions on the last dimension of x (shape [..., T, D]), its first {@code dims} elements,
   * positions {@code offset, offset + 1, ...} times {@code scale}. Operands x, offset (integer scalar or one
   * per batch row) and, if {@code withFreqs}, the inverse frequencies that replace {@code base}.
   */
  public record Rope(int dims, boolean traditional, float base, float scale, boolean withFreqs)
      implements Composite {
    @Override
    public Kind kind() {
      return ROPE;
    }

    @Override
    public Spec infer(Spec... operands) {
      Spec x = operands[0];
      if (!x.dtype().isFloating()) {
        throw new IllegalArgumentException("rope needs a floating dtype, not " + x.dtype());
      }
      if (x.shape().rank() < 3) {
        throw new IllegalArgumentException("rope needs at least three dimensions, not shape " + x.shape());
      }
      if (dims <= 0 || dims % 2 != 0 || dims > x.shape().dim(-1)) {
        throw new IllegalArgumentException("rope: dims " + dims + " for shape " + x.shape());
      }
      Spec offset = operands[1];
      long n = offset.shape().size();
      if (!offset.dtype().isInteger() || offset.shape().rank() > 1 || n != 1 && n != x.shape().dim(0)) {
        throw new IllegalArgumentException("rope: the offset must be an integer or one for each of the "
            + x.shape().dim(0) + " batch rows, not " + offset);
      }
      return x;
    }
  }

  /** How {@link Attention} hides scores. */
  public enum Mask { NONE, CAUSAL, ARRAY }

  /**
   * Operands q [B, H, L, D], k [B, K, S, D], v [B, K, S, E] (H a multiple of K) and, for {@link Mask#ARRAY},
   * a mask that broadcasts to [B, H, L, S]: bool keeps where true, others are added. With {@code sinks} the
   * last operand [H] is one more score for each head, which takes its share and adds nothing. The softmax is
   * precise.
   */
  public record Attention(float scale, Mask mask, boolean sinks) implements Composite {
    /** Without sinks. */
    public Attention(float scale, Mask mask) {
      this(scale, mask, false);
    }

    @Override
    public Kind kind() {
      return SCALED_DOT_PRODUCT_ATTENTION;
    }

    @Override
    public Spec infer(Spec... operands) {
      Shape q = operands[0].shape();
      Shape k = operands[1].shape();
      Shape v = operands[2].shape();
      boolean fits = q.rank() == 4 && k.rank() == 4 && v.rank() == 4
          && q.dim(0) == k.dim(0) && k.dim(0) == v.dim(0)
          && k.dim(1) == v.dim(1) && k.dim(1) > 0 && q.dim(1) % k.dim(1) == 0
          && q.dim(3) == k.dim(3) && k.dim(2) == v.dim(2);
      if (!fits) {
        throw new IllegalArgumentException("scaled_dot_product_attention: shapes " + q + ", " + k + " and "
            + v + " are not [B, H, L, D], [B, K, S, D] and [B, K, S, E]");
      }
      DType dtype = SCALED_DOT_PRODUCT_ATTENTION.dtypes.apply(SCALED_DOT_PRODUCT_ATTENTION,
          operands[0].dtype(), operands[1].dtype(), operands[2].dtype());
      if (mask == Mask.ARRAY) {
        DType m = operands[3].dtype();
        if (m != DType.BOOL && DType.promote(m, dtype) != dtype) {
          throw new IllegalArgumentException(
              "scaled_dot_product_attention: a " + m + " mask does not promote to " + dtype);
        }
        Shapes.broadcast("scaled_dot_product_attention mask", operands[3].shape(),
            Shape.of(q.dim(0), q.dim(1), q.dim(2), k.dim(2)));
      }
      if (sinks) {
        Spec s = operands[operands.length - 1];
        if (!s.shape().equals(Shape.of(q.dim(1))) || DType.promote(s.dtype(), dtype) != dtype) {
          throw new IllegalArgumentException("scaled_dot_product_attention: sinks " + s + " for " + q.dim(1)
              + " heads of " + dtype);
        }
      }
      return new Spec(Shape.of(q.dim(0), q.dim(1), q.dim(2), v.dim(3)), dtype);
    }
  }

  /**
   * Operands floating logits [..., C] and integer targets [...]: the negative log-likelihood of each target.
   */
  public record CrossEntropy() implements Composite {
    @Override
    public Kind kind() {
      return CROSS_ENTROPY;
    }

    @Override
    public Spec infer(Spec... operands) {
      Spec x = operands[0];
      Spec targets = operands[1];
      if (!x.dtype().isFloating() || !targets.dtype().isInteger()) {
        throw new IllegalArgumentException(
            "cross_entropy needs floating logits and integer targets, not " + x + " and " + targets);
      }
      if (x.shape().rank() == 0 || !Shapes.reduced(x.shape(), new int[] {x.shape().rank() - 1}, false)
          .equals(targets.shape())) {
        throw new IllegalArgumentException(
            "cross_entropy: targets " + targets + " are not the logits' shape " + x.shape()
                + " without its last");
      }
      return new Spec(targets.shape(), DType.FLOAT32);
    }
  }

  /** A bias without a weight has no say in the dtype. */
  private static Spec normalized(Fusing kind, boolean weighted, Spec[] operands) {
    Shape x = operands[0].shape();
    if (x.rank() == 0) {
      throw new IllegalArgumentException(kind.mlxName() + " needs at least one dimension");
    }
    DType[] dtypes = new DType[weighted ? operands.length : 1];
    for (int i = 0; i < operands.length; i++) {
      if (i < dtypes.length) {
        dtypes[i] = operands[i].dtype();
      }
      Shape w = operands[i].shape();
      if (i > 0 && (w.rank() != 1 || w.dim(0) != x.dim(-1))) {
        throw new IllegalArgumentException(
            kind.mlxName() + ": a parameter of shape " + w + " for an array of shape " + x);
      }
    }
    return new Spec(x, kind.dtypes.apply(kind, dtypes));
  }
}
