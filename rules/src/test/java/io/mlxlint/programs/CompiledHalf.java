package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Half precision into and out of compiled, mapped and checkpointed functions. */
final class CompiledHalf {
  private final Compiled gelu = MX.compile((Array x) -> x.multiply(MX.sigmoid(x.multiply(1.702))));
  private final Compiled wide = MX.compile((Array x) ->
      x.multiply(MX.sigmoid(x.multiply(MX.array(1.702))))); // expect: scalar-array-upcast

  Array activated(Array x) {
    return gelu.apply(x);
  }

  Array activatedWide(Array x) {
    return wide.apply(x);
  }

  /** What comes out of a compiled function is half like what went in. */
  Array after(Array x) {
    return gelu.apply(x).add(MX.array(0.25)); // expect: scalar-array-upcast
  }

  /** Distances of all pairs by a mapped function. */
  static Array distances(Array points) {
    Functions.Of1 toAll = MX.vmap((Array p) -> points.subtract(p).square().sum(-1));
    return toAll.apply(points);
  }

  static Array kernel(Array points, double width) {
    Array d = distances(points);
    return MX.exp(d.negative().divide(MX.array(width))); // expect: scalar-array-upcast
  }

  static Array kernelByNumber(Array points, double width) {
    return MX.exp(distances(points).negative().divide(width));
  }

  /** Recomputed in the backward pass; the dtype is that of the input. */
  static Array deep(Array x, Array w, int depth) {
    Functions.Of2 layer = MX.checkpoint((Array h, Array v) -> MX.tanh(h.matmul(v)));
    Array h = x;
    for (int i = 0; i < depth; i++) {
      h = layer.apply(h, w);
    }
    return h.multiply(MX.ones(h.shape(-1))); // expect: default-dtype-creator
  }

  static Array both(Array x) {
    Compiled f = MX.compileArrays(in -> new Array[] {in[0].add(1.0), in[0].multiply(2)});
    Array[] out = f.applyAll(x);
    return out[0].subtract(out[1]);
  }

  public static void main(String[] args) {
    CompiledHalf functions = new CompiledHalf();
    Array x = Random.normal(8, 16).astype(MX.float16);
    System.out.println(functions.activated(x).dtype() + " " + functions.activatedWide(x).dtype());
    System.out.println(functions.after(x).dtype() + " " + both(x).dtype());
    System.out.println(kernel(x, 2).dtype() + " " + kernelByNumber(x, 2).dtype());
    System.out.println(deep(x, Random.normal(16, 16).astype(MX.float16), 3).dtype());
  }
}
