package io.mlxlint.mx.nn;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import java.util.List;

/** One after the other: modules and functions ({@code mlx.nn.Sequential}). */
public final class Sequential extends Module {
  public final List<Functions.Of1> layers;

  /** Modules among the layers are part of this one, others such as {@code NN::relu} only run. */
  public Sequential(Functions.Of1... layers) {
    this.layers = List.of(layers);
  }

  @Override
  protected Array forward(Array x) {
    Array out = x;
    for (Functions.Of1 layer : layers) {
      out = layer.apply(out);
    }
    return out;
  }
}
