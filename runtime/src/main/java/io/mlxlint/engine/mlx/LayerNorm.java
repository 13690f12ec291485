package io.mlxlint.engine.mlx;

import io.mlxlint.op.DType;
import io.mlxlint.op.Fusing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Layer norm by MLX's fused kernel, or by its steps where the kernel's gradient would be wrong. */
final class LayerNorm {
  /** What a CUDA kernel reads of a row at once. */
  private static final int VECTOR_BYTES = 16;

  private LayerNorm() {}

  /** CUDA's gradient takes the last elements of a row that is no whole number of vectors from elsewhere. */
  static void of(Fusing.LayerNorm f, Call c) {
    long rowBytes = (long) c.spec(0).shape().dim(-1) * c.result.dtype().itemSize();
    if (Start.isCuda() && rowBytes % VECTOR_BYTES != 0) {
      stepByStep(f, c);
    } else {
      Mlxc.mlx_fast_layer_norm(c.res, c.in[0], weight(f, c), bias(f, c), f.eps(), c.s);
    }
  }

  private static long weight(Fusing.LayerNorm f, Call c) {
    return c.operand(1, f.weighted());
  }

  private static long bias(Fusing.LayerNorm f, Call c) {
    return c.operand(f.weighted() ? 2 : 1, f.biased());
  }

  /** Mean and variance in float32, weight and bias in the dtype of the result, as the kernel does it. */
  static void stepByStep(Fusing.LayerNorm f, Call c) {
    long x = c.temporary(to -> Mlxc.mlx_astype(to, c.in[0], MlxDType.code(DType.FLOAT32), c.s));
    long mean = c.temporary(to -> Mlxc.mlx_mean_axis(to, x, -1, true, c.s));
    long centred = c.temporary(to -> Mlxc.mlx_subtract(to, x, mean, c.s));
    long squares = c.temporary(to -> Mlxc.mlx_square(to, centred, c.s));
    long variance = c.temporary(to -> Mlxc.mlx_mean_axis(to, squares, -1, true, c.s));
    long eps = c.temporary(to -> to.set(ValueLayout.JAVA_LONG, 0, Mlxc.mlx_array_new_float32(f.eps())));
    long shifted = c.temporary(to -> Mlxc.mlx_add(to, variance, eps, c.s));
    long scale = c.temporary(to -> Mlxc.mlx_rsqrt(to, shifted, c.s));
    long normal = c.cast(c.temporary(to -> Mlxc.mlx_multiply(to, centred, scale, c.s)));
    long weighted = f.weighted() ? with(Mlxc::mlx_multiply, normal, weight(f, c), c) : normal;
    long result = f.biased() ? with(Mlxc::mlx_add, weighted, bias(f, c), c) : weighted;
    Mlxc.mlx_copy(c.res, result, c.s);
  }

  private interface Binary {
    void write(MemorySegment to, long a, long b, long stream);
  }

  private static long with(Binary operation, long x, long y, Call c) {
    long cast = c.cast(y);
    return c.temporary(to -> operation.write(to, x, cast, c.s));
  }
}
