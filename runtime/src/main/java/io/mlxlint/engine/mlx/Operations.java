package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Node;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Convolution;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.DynamicSlice;
import io.mlxlint.op.Fused;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Layout;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Op;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Padding;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;
import java.util.Arrays;

/** Which function of MLX computes which operation. */
final class Operations {

  private Operations() {}

  /** What {@code op} makes; {@code fault} is what the operands may turn out to be wrong about. */
  static MlxNode apply(Op op, Node[] operands, Spec result, Fault fault, long stream) {
    return switch (op) {
      case Unary u -> ElementWise.unary(u, operands[0], result, fault, stream);
      case Binary b when !Guard.divides(b) -> ElementWise.binary(b, operands, result, fault, stream);
      default -> withArguments(op, operands, result, fault, stream);
    };
  }

  private static MlxNode withArguments(Op op, Node[] operands, Spec result, Fault fault, long stream) {
    try (Call call = new Call(operands, result, stream)) {
      if (result.shape().size() == 0 && needsElements(op)) {
        Mlxc.mlx_zeros(call.res, call.shape(), call.rank(), call.dtype(), call.s);
      } else {
        write(op, call);
      }
      Fault all = call.faultWith(fault);
      MlxNode node = new MlxNode(Scratch.handle(call.res), result, all);
      Fault.release(all);
      return node;
    }
  }

  /** Where there is nothing to compute MLX dies of some of these; after others CUDA refuses every kernel. */
  private static boolean needsElements(Op op) {
    return op.kind() instanceof Scanning || op.kind() instanceof Ordering || op.kind() instanceof Fusing
        || op instanceof Reduction.Statistic;
  }

  private static void write(Op op, Call c) {
    switch (op) {
      case Unary u -> throw Call.misplaced(u.mlxName());
      case Binary b -> Guard.divide(b, c);
      case Reduction.Reduce r -> AlongAxes.reduce(r, c);
      case Reduction.ArgReduce r -> AlongAxes.argReduce(r, c);
      case Reduction.Statistic r -> AlongAxes.statistic(r, c);
      case Scanning.Scan x -> AlongAxes.scan(x, c);
      case Ordering.Sort o -> AlongAxes.sort(o, c);
      case Ordering.ArgSort o -> AlongAxes.argSort(o, c);
      case Ordering.SearchSorted o -> Mlxc.mlx_searchsorted(c.res, c.in[0], c.in[1],
          c.scratch.string(o.right() ? "right" : "left"), c.s);
      case Shaping.Reshape _ -> Mlxc.mlx_reshape(c.res, c.in[0], c.shape(), c.rank(), c.s);
      case Shaping.Transpose t ->
          Mlxc.mlx_transpose_axes(c.res, c.in[0], c.ints(t.axes()), t.axes().length, c.s);
      case Shaping.BroadcastTo _ -> Mlxc.mlx_broadcast_to(c.res, c.in[0], c.shape(), c.rank(), c.s);
      case Slice x -> slice(x, c);
      case Slice.Update u -> sliceUpdate(u.slice(), c);
      case Shaping.Concatenate x -> withVector(c.in, v -> Mlxc.mlx_concatenate_axis(c.res, v, x.axis(), c.s));
      case Shaping.Stack x -> withVector(c.in, v -> Mlxc.mlx_stack_axis(c.res, v, x.axis(), c.s));
      case Shaping.Pad p -> pad(p, c);
      case Padding p -> padding(p, c);
      case DynamicSlice d -> ByIndex.dynamicSlice(d, c);
      case DynamicSlice.Update d -> ByIndex.dynamicUpdate(d, c);
      case Layout.AsStrided x -> asStrided(x, c);
      case Layout.Contiguous x -> Mlxc.mlx_contiguous(c.res, c.in[0], x.allowColMajor(), c.s);
      case Shaping.Repeat r -> Mlxc.mlx_repeat_axis(c.res, c.in[0], r.repeats(), r.axis(), c.s);
      case Shaping.Tile t -> Mlxc.mlx_tile(c.res, c.in[0], c.ints(t.reps()), t.reps().length, c.s);
      case Shaping.Tril t -> Mlxc.mlx_tril(c.res, c.in[0], diagonal(t.k(), c), c.s);
      case Shaping.Triu t -> Mlxc.mlx_triu(c.res, c.in[0], diagonal(t.k(), c), c.s);
      case Indexing.Gather g -> ByIndex.gather(g, c);
      case Indexing.Scatter x -> ByIndex.scatter(x, c);
      case Indexing.MaskedScatter _ -> ByIndex.maskedScatter(c);
      case Indexing.TakeAlongAxis t -> ByIndex.takeAlongAxis(t, c);
      case Indexing.PutAlongAxis p -> ByIndex.putAlongAxis(p, c);
      case Matrix.Matmul _ -> Mlxc.mlx_matmul(c.res, c.in[0], c.in[1], c.s);
      case Matrix.AddMM m -> addmm(m, c);
      case Converting.Where _ -> Mlxc.mlx_where(c.res, c.in[0], c.in[1], c.in[2], c.s);
      case Converting.AsType _ -> Mlxc.mlx_astype(c.res, c.in[0], c.dtype(), c.s);
      case Converting.View _ -> Mlxc.mlx_view(c.res, c.in[0], c.dtype(), c.s);
      case Converting.Clip x -> Mlxc.mlx_clip(c.res, c.in[0], c.operand(1, x.lower()),
          c.operand(x.lower() ? 2 : 1, x.upper()), c.s);
      case Converting.ToFp8 _ -> Mlxc.mlx_to_fp8(c.res, c.in[0], c.s);
      case Converting.FromFp8 _ -> Mlxc.mlx_from_fp8(c.res, c.in[0], c.dtype(), c.s);
      case Creation.Arange a -> Mlxc.mlx_arange(c.res, a.start(), a.stop(), a.step(), c.dtype(), c.s);
      case Creation.Linspace l ->
          Mlxc.mlx_linspace_endpoint(c.res, l.start(), l.stop(), l.num(), l.endpoint(), c.dtype(), c.s);
      case Creation.Eye e -> Mlxc.mlx_eye(c.res, e.n(), e.m(), diagonal(e.k(), c), c.dtype(), c.s);
      case Creation.Tri t -> Mlxc.mlx_tri(c.res, t.n(), t.m(), diagonal(t.k(), c), c.dtype(), c.s);
      case Creation.Window w -> window(w, c);
      case Fusing.Softmax f -> AlongAxes.softmax(f, c);
      case Fusing.LogSumExp f -> AlongAxes.logSumExp(f, c);
      case Fusing.RmsNorm f ->
          Mlxc.mlx_fast_rms_norm(c.res, c.in[0], c.operand(1, f.weighted()), f.eps(), c.s);
      case Fusing.LayerNorm f -> LayerNorm.of(f, c);
      case Fusing.Rope f -> rope(f, c);
      case Fusing.Attention f -> attention(f, c);
      case Convolution.Conv x -> conv(x, c);
      case Fusing.CrossEntropy _ -> Mlxc.mlx_fast_cross_entropy(c.res, c.in[0], c.in[1], c.s);
      case Sampling.Bits b -> Mlxc.mlx_random_bits(c.res, c.shape(), c.rank(), b.width(), c.in[0], c.s);
      case Sampling.Distribution d -> distribution(d.kind(), c);
      case Fused _ -> throw Fused.misplaced();
    }
  }

  private static int diagonal(int k, Call c) {
    return Shaping.diagonal(k, c.result.shape());
  }

  interface WithVector {
    void call(long vector);
  }

  static void withVector(long[] arrays, WithVector body) {
    try (Vector vector = Vector.of(Scratch.current(), arrays)) {
      body.call(vector.handle());
    }
  }

  private static void slice(Slice op, Call c) {
    int n = op.start().length;
    Mlxc.mlx_slice(c.res, c.in[0], c.ints(op.start()), n, c.ints(stops(op, c)), n, c.ints(op.stride()), n,
        c.s);
  }

  private static void sliceUpdate(Slice op, Call c) {
    int n = op.start().length;
    Mlxc.mlx_slice_update(c.res, c.in[0], c.in[1], c.ints(op.start()), n, c.ints(stops(op, c)), n,
        c.ints(op.stride()), n, c.s);
  }

  /** Our stop of -1, "before the first", would be the last element for MLX. */
  private static int[] stops(Slice op, Call c) {
    int[] out = op.stop().clone();
    for (int i = 0; i < out.length; i++) {
      if (out[i] < 0) {
        out[i] -= c.spec(0).shape().dim(i);
      }
    }
    return out;
  }

  private static void pad(Shaping.Pad p, Call c) {
    int n = c.rank();
    if (n == 0) { // CUDA would give the value of the padding
      Mlxc.mlx_copy(c.res, c.in[0], c.s);
      return;
    }
    Mlxc.mlx_pad(c.res, c.in[0], c.ints(Call.allAxes(n)), n, c.ints(p.low()), n, c.ints(p.high()), n,
        c.in[1], c.scratch.string("constant"), c.s);
  }

  /** By indices: in the gradient of MLX's own an element that is there twice counts once. */
  private static void padding(Padding p, Call c) {
    long x = c.in[0];
    for (int i = 0; i < p.low().length; i++) {
      int n = c.spec(0).shape().dim(i);
      int low = p.low()[i];
      if (low + p.high()[i] > 0) {
        int[] from = new int[low + n + p.high()[i]];
        Arrays.setAll(from, k -> inside(p.mode(), k - low, n));
        long whole = x;
        int axis = i;
        long index = c.array(DType.INT32, from);
        x = c.temporary(res -> Mlxc.mlx_take_axis(res, whole, index, axis, c.s));
      }
    }
    Mlxc.mlx_astype(c.res, x, c.dtype(), c.s);
  }

  /** Which of n elements stands at {@code place}. */
  private static int inside(Padding.Mode mode, int place, int n) {
    return switch (mode) {
      case EDGE -> Math.clamp(place, 0, n - 1);
      case REFLECT -> n - 1 - Math.abs(n - 1 - Math.floorMod(place, Math.max(1, 2 * (n - 1))));
      case SYMMETRIC -> Math.min(Math.floorMod(place, 2 * n), 2 * n - 1 - Math.floorMod(place, 2 * n));
    };
  }

  private static void window(Creation.Window w, Call c) {
    switch (w.kind()) {
      case BARTLETT -> Mlxc.mlx_bartlett(c.res, w.size(), c.s);
      case HANNING -> Mlxc.mlx_hanning(c.res, w.size(), c.s);
      case HAMMING -> Mlxc.mlx_hamming(c.res, w.size(), c.s);
      case BLACKMAN -> Mlxc.mlx_blackman(c.res, w.size(), c.s);
      case ARRAY, ZEROS, ONES, FULL, ZEROS_LIKE, ONES_LIKE, FULL_LIKE, ARANGE, LINSPACE, EYE, IDENTITY, TRI,
          LOAD -> throw Call.misplaced(w.kind().mlxName());
    }
  }

  /** MLX flattens the operand, which leaves a reversed one reversed, and then refuses it. */
  private static void asStrided(Layout.AsStrided x, Call c) {
    long dense = c.temporary(res -> Mlxc.mlx_contiguous(res, c.in[0], false, c.s));
    Mlxc.mlx_as_strided(c.res, dense, c.shape(), c.rank(), c.scratch.longs(x.strides()), x.strides().length,
        x.offset(), c.s);
  }

  /** With a complex c MLX multiplies a and b as they are, and refuses integers. */
  private static void addmm(Matrix.AddMM m, Call c) {
    boolean complex = c.result.dtype().isComplex();
    long a = complex ? c.cast(c.in[1]) : c.in[1];
    long b = complex ? c.cast(c.in[2]) : c.in[2];
    Mlxc.mlx_addmm(c.res, c.in[0], a, b, (float) m.alpha(), (float) m.beta(), c.s);
  }

  private static void rope(Fusing.Rope f, Call c) {
    long base = f.withFreqs() ? Library.NONE : Library.optional(Float.floatToRawIntBits(f.base()));
    Mlxc.mlx_fast_rope_dynamic(c.res, c.in[0], f.dims(), f.traditional(), base, f.scale(), c.in[1],
        c.operand(2, f.withFreqs()), c.s);
  }

  private static void attention(Fusing.Attention f, Call c) {
    long mask = c.operand(3, f.mask() == Fusing.Mask.ARRAY);
    Mlxc.mlx_fast_scaled_dot_product_attention(c.res, c.in[0], c.in[1], c.in[2], f.scale(),
        c.scratch.string(maskMode(f.mask())), mask, c.operand(c.in.length - 1, f.sinks()), false, c.s);
  }

  private static void conv(Convolution.Conv x, Call c) {
    int n = x.stride().length;
    Mlxc.mlx_conv_general(c.res, c.in[0], c.in[1], c.ints(x.stride()), n, c.ints(x.low()), n,
        c.ints(x.high()), n, c.ints(x.dilation()), n, c.ints(x.inputDilation()), n, x.groups(),
        x.flip(), c.s);
  }

  private static String maskMode(Fusing.Mask mask) {
    return switch (mask) {
      case NONE -> "";
      case CAUSAL -> "causal";
      case ARRAY -> "array";
    };
  }

  private static void distribution(Sampling kind, Call c) {
    long key = c.in[0];
    switch (kind) {
      case UNIFORM ->
          Mlxc.mlx_random_uniform(c.res, c.in[1], c.in[2], c.shape(), c.rank(), c.dtype(), key, c.s);
      case RANDINT ->
          Mlxc.mlx_random_randint(c.res, c.in[1], c.in[2], c.shape(), c.rank(), c.dtype(), key, c.s);
      case TRUNCATED_NORMAL ->
          Mlxc.mlx_random_truncated_normal(c.res, c.in[1], c.in[2], c.shape(), c.rank(), c.dtype(), key, c.s);
      case BERNOULLI -> Mlxc.mlx_random_bernoulli(c.res, c.in[1], c.shape(), c.rank(), key, c.s);
      case NORMAL -> Mlxc.mlx_random_normal(c.res, c.shape(), c.rank(), c.dtype(), 0, 1, key, c.s);
      case GUMBEL -> Mlxc.mlx_random_gumbel(c.res, c.shape(), c.rank(), c.dtype(), key, c.s);
      case LAPLACE -> Mlxc.mlx_random_laplace(c.res, c.shape(), c.rank(), c.dtype(), 0, 1, key, c.s);
      case BITS, SPLIT, CATEGORICAL, PERMUTATION -> throw Call.misplaced(kind.mlxName());
    }
  }
}
