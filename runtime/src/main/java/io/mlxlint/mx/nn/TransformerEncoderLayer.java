package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;

/**
 * Self-attention and a network of two layers, each around a residual ({@code
 * mlx.nn.TransformerEncoderLayer}): x [B, T, dims], and a mask that broadcasts to [B, heads, T, T], added or
 * bool, or none.
 */
public final class TransformerEncoderLayer extends Module {
  public final MultiHeadAttention attention;
  public final LayerNorm ln1;
  public final LayerNorm ln2;
  public final Linear linear1;
  public final Linear linear2;
  private final Dropout dropout1;
  private final Dropout dropout2;
  private final Functions.Of1 activation;
  private final boolean normFirst;

  /** A network of {@code 4 * dims} with {@code relu}, no dropout, and the norm before each part. */
  public TransformerEncoderLayer(int dims, int heads) {
    this(dims, heads, 4 * dims, 0, NN::relu, true);
  }

  /** @param normFirst the norm is before each part, otherwise after each residual */
  public TransformerEncoderLayer(int dims, int heads, int mlpDims, double dropout, Functions.Of1 activation,
      boolean normFirst) {
    attention = new MultiHeadAttention(dims, heads);
    ln1 = new LayerNorm(dims);
    ln2 = new LayerNorm(dims);
    linear1 = new Linear(dims, mlpDims);
    linear2 = new Linear(mlpDims, dims);
    dropout1 = new Dropout(dropout);
    dropout2 = new Dropout(dropout);
    this.activation = activation;
    this.normFirst = normFirst;
  }

  @Override
  protected Array forward(Array x) {
    return forward(x, (Array) null);
  }

  @Override
  protected Array forward(Array x, Array mask) {
    if (normFirst) {
      Array attended = x.add(attend(ln1.apply(x), mask));
      return attended.add(network(ln2.apply(attended)));
    }
    Array attended = ln1.apply(x.add(attend(x, mask)));
    return ln2.apply(attended.add(network(attended)));
  }

  private Array attend(Array x, Array mask) {
    return dropout1.apply(attention.apply(x, x, x, mask));
  }

  private Array network(Array x) {
    return linear2.apply(dropout2.apply(activation.apply(linear1.apply(x))));
  }
}
