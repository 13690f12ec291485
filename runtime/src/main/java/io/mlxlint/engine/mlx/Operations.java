package io.mlxlint.engine.mlx;

import io.mlxlint.op.Converting;
import io.mlxlint.op.Creation;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Op;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Which function of MLX computes which operation. */
final class Operations {
  private final Scratch scratch;
  private final MemorySegment res;
  private final long[] in;
  private final Spec[] specs;
  private final Spec result;
  private final long s;

  private Operations(Scratch scratch, long[] in, Spec[] specs, Spec result, long stream) {
    this.scratch = scratch;
    this.res = scratch.out();
    this.in = in;
    this.specs = specs;
    this.result = result;
    this.s = stream;
  }

  /** A new handle for the result of {@code op}. */
  static long apply(Op op, long[] in, Spec[] specs, Spec result, long stream) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      Operations call = new Operations(scratch, in, specs, result, stream);
      call.write(op);
      return Scratch.handle(call.res);
    } finally {
      scratch.reset(mark);
    }
  }

  private void write(Op op) {
    switch (op) {
      case Unary u -> ElementWise.unary(u, res, in[0], s);
      case Binary b -> ElementWise.binary(b, res, in[0], in[1], s);
      case Reduction.Reduce r -> reduce(r);
      case Reduction.ArgReduce r -> argReduce(r);
      case Reduction.Statistic r -> statistic(r);
      case Scanning.Scan c -> scan(c);
      case Ordering.Sort o -> sort(o);
      case Ordering.ArgSort o -> argSort(o);
      case Shaping.Reshape _ -> Mlxc.mlx_reshape(res, in[0], shape(), rank(), s);
      case Shaping.Transpose t -> Mlxc.mlx_transpose_axes(res, in[0], ints(t.axes()), t.axes().length, s);
      case Shaping.BroadcastTo _ -> Mlxc.mlx_broadcast_to(res, in[0], shape(), rank(), s);
      case Shaping.Slice c -> slice(c);
      case Shaping.SliceUpdate u -> sliceUpdate(u.slice());
      case Shaping.Concatenate c -> withVector(in, v -> Mlxc.mlx_concatenate_axis(res, v, c.axis(), s));
      case Shaping.Stack c -> withVector(in, v -> Mlxc.mlx_stack_axis(res, v, c.axis(), s));
      case Shaping.Pad p -> pad(p);
      case Shaping.Repeat r -> Mlxc.mlx_repeat_axis(res, in[0], r.repeats(), r.axis(), s);
      case Shaping.Tile t -> Mlxc.mlx_tile(res, in[0], ints(t.reps()), t.reps().length, s);
      case Shaping.Tril t -> Mlxc.mlx_tril(res, in[0], t.k(), s);
      case Shaping.Triu t -> Mlxc.mlx_triu(res, in[0], t.k(), s);
      case Indexing.Gather g -> gather(g);
      case Indexing.Scatter c -> scatter(c);
      case Indexing.TakeAlongAxis t -> Mlxc.mlx_take_along_axis(res, in[0], in[1], t.axis(), s);
      case Indexing.PutAlongAxis p -> putAlongAxis(p);
      case Matrix.Matmul _ -> Mlxc.mlx_matmul(res, in[0], in[1], s);
      case Matrix.AddMM m -> addmm(m);
      case Converting.Where _ -> Mlxc.mlx_where(res, in[0], in[1], in[2], s);
      case Converting.AsType _ -> Mlxc.mlx_astype(res, in[0], dtype(), s);
      case Converting.View _ -> Mlxc.mlx_view(res, in[0], dtype(), s);
      case Converting.Clip c -> Mlxc.mlx_clip(res, in[0], operand(1, c.lower()),
          operand(c.lower() ? 2 : 1, c.upper()), s);
      case Creation.Arange a -> Mlxc.mlx_arange(res, a.start(), a.stop(), a.step(), dtype(), s);
      case Creation.Linspace l -> Mlxc.mlx_linspace(res, l.start(), l.stop(), l.num(), dtype(), s);
      case Creation.Eye e -> Mlxc.mlx_eye(res, e.n(), e.m(), e.k(), dtype(), s);
      case Creation.Tri t -> Mlxc.mlx_tri(res, t.n(), t.m(), t.k(), dtype(), s);
      case Fusing.Softmax f -> softmax(f);
      case Fusing.LogSumExp f -> logSumExp(f);
      case Fusing.RmsNorm f -> Mlxc.mlx_fast_rms_norm(res, in[0], operand(1, f.weighted()), f.eps(), s);
      case Fusing.LayerNorm f -> Mlxc.mlx_fast_layer_norm(res, in[0], operand(1, f.weighted()),
          operand(f.weighted() ? 2 : 1, f.biased()), f.eps(), s);
      case Fusing.Rope f -> rope(f);
      case Fusing.Attention f -> Mlxc.mlx_fast_scaled_dot_product_attention(res, in[0], in[1], in[2], f.scale(),
          scratch.string(maskMode(f.mask())), operand(3, f.mask() == Fusing.Mask.ARRAY), 0, false, s);
      case Sampling.Bits b -> Mlxc.mlx_random_bits(res, shape(), rank(), b.width(), in[0], s);
      case Sampling.Distribution d -> distribution(d.kind());
    }
  }

  private MemorySegment ints(int[] values) {
    return scratch.ints(values);
  }

  private MemorySegment shape() {
    return scratch.ints(result.shape().toArray());
  }

  private int rank() {
    return result.shape().rank();
  }

  private int dtype() {
    return MlxDType.code(result.dtype());
  }

  /** An operand that may be missing. */
  private long operand(int index, boolean given) {
    return given ? in[index] : Library.NONE;
  }

  private interface WithVector {
    void call(long vector);
  }

  private static void withVector(long[] arrays, WithVector body) {
    long vector = Vectors.of(arrays);
    try {
      body.call(vector);
    } finally {
      Mlxc.mlx_vector_array_free(vector);
    }
  }

  private static int[] axes(int[] given, Spec operand) {
    return given != null ? given : allAxes(operand.shape().rank());
  }

  private static int[] allAxes(int rank) {
    int[] out = new int[rank];
    Arrays.setAll(out, i -> i);
    return out;
  }

  /** Over no axes (or all axes of a scalar) MLX returns the operand as it is, in its own dtype. */
  private boolean noAxes(int[] axes) {
    if (axes.length > 0) {
      return false;
    }
    Mlxc.mlx_astype(res, in[0], dtype(), s);
    return true;
  }

  private void reduce(Reduction.Reduce r) {
    int[] over = axes(r.axes(), specs[0]);
    if (noAxes(over)) {
      return;
    }
    MemorySegment axes = ints(over);
    boolean keep = r.keepDims();
    switch (r.kind()) {
      case SUM -> Mlxc.mlx_sum_axes(res, in[0], axes, over.length, keep, s);
      case PROD -> Mlxc.mlx_prod_axes(res, in[0], axes, over.length, keep, s);
      case MAX -> Mlxc.mlx_max_axes(res, in[0], axes, over.length, keep, s);
      case MIN -> Mlxc.mlx_min_axes(res, in[0], axes, over.length, keep, s);
      case ALL -> Mlxc.mlx_all_axes(res, in[0], axes, over.length, keep, s);
      case ANY -> Mlxc.mlx_any_axes(res, in[0], axes, over.length, keep, s);
      case ARGMAX, ARGMIN, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO -> throw misplaced(r.kind().mlxName());
    }
  }

  private void argReduce(Reduction.ArgReduce r) {
    switch (r.kind()) {
      case ARGMAX -> Mlxc.mlx_argmax_axis(res, in[0], r.axis(), r.keepDims(), s);
      case ARGMIN -> Mlxc.mlx_argmin_axis(res, in[0], r.axis(), r.keepDims(), s);
      case SUM, PROD, MAX, MIN, ALL, ANY, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO ->
          throw misplaced(r.kind().mlxName());
    }
  }

  private void statistic(Reduction.Statistic r) {
    int[] over = axes(r.axes(), specs[0]);
    MemorySegment axes = ints(over);
    boolean keep = r.keepDims();
    switch (r.kind()) {
      case MEAN -> Mlxc.mlx_mean_axes(res, in[0], axes, over.length, keep, s);
      case VAR -> Mlxc.mlx_var_axes(res, in[0], axes, over.length, keep, r.ddof(), s);
      case STD -> Mlxc.mlx_std_axes(res, in[0], axes, over.length, keep, r.ddof(), s);
      case MEDIAN -> {
        if (!noAxes(over)) {
          Mlxc.mlx_median_axes(res, in[0], axes, over.length, keep, s);
        }
      }
      case COUNT_NONZERO -> Mlxc.mlx_count_nonzero_axes(res, in[0], axes, over.length, keep, s);
      case SUM, PROD, MAX, MIN, ALL, ANY, ARGMAX, ARGMIN -> throw misplaced(r.kind().mlxName());
    }
  }

  /** MLX's scans and sorts of nothing divide by zero, which ends the process. */
  private boolean emptyResult() {
    if (result.shape().size() > 0) {
      return false;
    }
    Mlxc.mlx_zeros(res, shape(), rank(), dtype(), s);
    return true;
  }

  private void scan(Scanning.Scan c) {
    if (emptyResult()) {
      return;
    }
    int axis = c.axis();
    boolean reverse = c.reverse();
    boolean inclusive = c.inclusive();
    switch (c.kind()) {
      case CUMSUM -> Mlxc.mlx_cumsum_axis(res, in[0], axis, reverse, inclusive, Library.NONE, s);
      case CUMPROD -> Mlxc.mlx_cumprod_axis(res, in[0], axis, reverse, inclusive, Library.NONE, s);
      case CUMMAX -> Mlxc.mlx_cummax_axis(res, in[0], axis, reverse, inclusive, s);
      case CUMMIN -> Mlxc.mlx_cummin_axis(res, in[0], axis, reverse, inclusive, s);
      case LOGCUMSUMEXP -> Mlxc.mlx_logcumsumexp_axis(res, in[0], axis, reverse, inclusive, s);
    }
  }

  private void sort(Ordering.Sort o) {
    if (emptyResult()) {
      return;
    }
    switch (o.kind()) {
      case SORT -> Mlxc.mlx_sort_axis(res, in[0], o.axis(), s);
      case PARTITION -> Mlxc.mlx_partition_axis(res, in[0], o.kth(), o.axis(), s);
      case ARGSORT, ARGPARTITION, TOPK -> throw misplaced(o.kind().mlxName());
    }
  }

  private void argSort(Ordering.ArgSort o) {
    if (emptyResult()) {
      return;
    }
    switch (o.kind()) {
      case ARGSORT -> Mlxc.mlx_argsort_axis(res, in[0], o.axis(), s);
      case ARGPARTITION -> Mlxc.mlx_argpartition_axis(res, in[0], o.kth(), o.axis(), s);
      case SORT, PARTITION, TOPK -> throw misplaced(o.kind().mlxName());
    }
  }

  private void slice(Shaping.Slice c) {
    int n = c.start().length;
    Mlxc.mlx_slice(res, in[0], ints(c.start()), n, ints(stops(c)), n, ints(c.stride()), n, s);
  }

  private void sliceUpdate(Shaping.Slice c) {
    int n = c.start().length;
    Mlxc.mlx_slice_update(res, in[0], in[1], ints(c.start()), n, ints(stops(c)), n, ints(c.stride()), n, s);
  }

  /** Our stop of -1, "before the first", would be the last element for MLX. */
  private int[] stops(Shaping.Slice c) {
    int[] out = c.stop().clone();
    for (int i = 0; i < out.length; i++) {
      if (out[i] < 0) {
        out[i] -= specs[0].shape().dim(i);
      }
    }
    return out;
  }

  private void pad(Shaping.Pad p) {
    int n = p.low().length;
    Mlxc.mlx_pad(res, in[0], ints(allAxes(n)), n, ints(p.low()), n, ints(p.high()), n, in[1],
        scratch.string("constant"), s);
  }

  private void gather(Indexing.Gather g) {
    withVector(Arrays.copyOfRange(in, 1, in.length), v -> Mlxc.mlx_gather(res, in[0], v, ints(g.axes()),
        g.axes().length, ints(g.sliceSizes()), g.sliceSizes().length, s));
  }

  private void scatter(Indexing.Scatter c) {
    int n = c.axes().length;
    MemorySegment axes = ints(c.axes());
    withVector(Arrays.copyOfRange(in, 2, in.length), v -> {
      switch (c.mode()) {
        case ASSIGN -> Mlxc.mlx_scatter(res, in[0], v, in[1], axes, n, s);
        case ADD -> Mlxc.mlx_scatter_add(res, in[0], v, in[1], axes, n, s);
        case MULTIPLY -> Mlxc.mlx_scatter_prod(res, in[0], v, in[1], axes, n, s);
        case MAXIMUM -> Mlxc.mlx_scatter_max(res, in[0], v, in[1], axes, n, s);
        case MINIMUM -> Mlxc.mlx_scatter_min(res, in[0], v, in[1], axes, n, s);
      }
    });
  }

  private void putAlongAxis(Indexing.PutAlongAxis p) {
    switch (p.mode()) {
      case ASSIGN -> Mlxc.mlx_put_along_axis(res, in[0], in[1], in[2], p.axis(), s);
      case ADD -> Mlxc.mlx_scatter_add_axis(res, in[0], in[1], in[2], p.axis(), s);
      case MULTIPLY, MAXIMUM, MINIMUM ->
          throw new UnsupportedOperationException("not yet on engine mlx: put_along_axis with " + p.mode());
    }
  }

  /** With a complex c MLX multiplies a and b as they are, and refuses integers. */
  private void addmm(Matrix.AddMM m) {
    if (!result.dtype().isComplex()) {
      Mlxc.mlx_addmm(res, in[0], in[1], in[2], (float) m.alpha(), (float) m.beta(), s);
      return;
    }
    long a = cast(in[1]);
    long b = cast(in[2]);
    try {
      Mlxc.mlx_addmm(res, in[0], a, b, (float) m.alpha(), (float) m.beta(), s);
    } finally {
      Mlxc.mlx_array_free(a);
      Mlxc.mlx_array_free(b);
    }
  }

  /** A new handle on the array in the result's dtype. */
  private long cast(long array) {
    MemorySegment cell = scratch.out();
    Mlxc.mlx_astype(cell, array, dtype(), s);
    return Scratch.handle(cell);
  }

  private void softmax(Fusing.Softmax f) {
    int[] over = axes(f.axes(), specs[0]);
    if (over.length == 0) {
      Mlxc.mlx_ones(res, shape(), rank(), dtype(), s);
      return;
    }
    // Over several axes MLX casts the result back to the operand's dtype, so that integers give zeros.
    long x = cast(in[0]);
    try {
      Mlxc.mlx_softmax_axes(res, x, ints(over), over.length, f.precise(), s);
    } finally {
      Mlxc.mlx_array_free(x);
    }
  }

  private void logSumExp(Fusing.LogSumExp f) {
    int[] over = axes(f.axes(), specs[0]);
    Mlxc.mlx_logsumexp_axes(res, in[0], ints(over), over.length, f.keepDims(), s);
  }

  private void rope(Fusing.Rope f) {
    long base = f.withFreqs() ? Library.NONE : Library.optional(Float.floatToRawIntBits(f.base()));
    Mlxc.mlx_fast_rope_dynamic(res, in[0], f.dims(), f.traditional(), base, f.scale(), in[1],
        operand(2, f.withFreqs()), s);
  }

  private static String maskMode(Fusing.Mask mask) {
    return switch (mask) {
      case NONE -> "";
      case CAUSAL -> "causal";
      case ARRAY -> "array";
    };
  }

  private void distribution(Sampling kind) {
    long key = in[0];
    switch (kind) {
      case UNIFORM -> Mlxc.mlx_random_uniform(res, in[1], in[2], shape(), rank(), dtype(), key, s);
      case RANDINT -> Mlxc.mlx_random_randint(res, in[1], in[2], shape(), rank(), dtype(), key, s);
      case TRUNCATED_NORMAL ->
          Mlxc.mlx_random_truncated_normal(res, in[1], in[2], shape(), rank(), dtype(), key, s);
      case BERNOULLI -> Mlxc.mlx_random_bernoulli(res, in[1], shape(), rank(), key, s);
      case NORMAL -> Mlxc.mlx_random_normal(res, shape(), rank(), dtype(), 0, 1, key, s);
      case GUMBEL -> Mlxc.mlx_random_gumbel(res, shape(), rank(), dtype(), key, s);
      case LAPLACE -> Mlxc.mlx_random_laplace(res, shape(), rank(), dtype(), 0, 1, key, s);
      case BITS, SPLIT, CATEGORICAL, PERMUTATION -> throw misplaced(kind.mlxName());
    }
  }

  private static IllegalArgumentException misplaced(String name) {
    return new IllegalArgumentException(name + " is not of this family of operations");
  }
}
