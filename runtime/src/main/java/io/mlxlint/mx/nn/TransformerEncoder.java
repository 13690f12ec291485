package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import java.util.List;
import java.util.stream.IntStream;

/** Layers one after the other and a norm ({@code mlx.nn.TransformerEncoder}): x [B, T, dims]. */
public final class TransformerEncoder extends Module {
  public final List<TransformerEncoderLayer> layers;
  public final LayerNorm ln;

  /** See {@link TransformerEncoderLayer#TransformerEncoderLayer(int, int)}. */
  public TransformerEncoder(int count, int dims, int heads) {
    this(count, dims, heads, 4 * dims, 0, NN::relu, true);
  }

  /** The arguments of the layers after their number, see {@link TransformerEncoderLayer}. */
  public TransformerEncoder(int count, int dims, int heads, int mlpDims, double dropout,
      Functions.Of1 activation, boolean normFirst) {
    layers = IntStream.range(0, count).mapToObj(
        _ -> new TransformerEncoderLayer(dims, heads, mlpDims, dropout, activation, normFirst)).toList();
    ln = new LayerNorm(dims);
  }

  @Override
  protected Array forward(Array x) {
    return forward(x, (Array) null);
  }

  /** With a mask that broadcasts to [B, heads, T, T], added or bool; {@code null} is none. */
  @Override
  protected Array forward(Array x, Array mask) {
    Array y = x;
    for (TransformerEncoderLayer layer : layers) {
      y = layer.apply(y, mask);
    }
    return ln.apply(y);
  }
}
