package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Kernels;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DynamicSlice;
import io.mlxlint.op.Fused;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Layout;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Primitive;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Slice;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;

/** Which kernel computes which primitive. */
final class KernelTable implements Kernels {

  @Override
  public Strided compute(Primitive op, Strided[] x, Spec result, int reusable, Allocator allocator) {
    boolean first = (reusable & 1) != 0;
    return switch (op) {
      case Unary u -> UnaryKernels.compute(u, x[0], result, reusable, allocator);
      case Binary b -> BinaryKernels.compute(b, x[0], x[1], result, reusable, allocator);
      case Reduction.Reduce r -> ReduceKernels.compute(r, x[0], result, allocator);
      case Reduction.ArgReduce r -> ArgReduceKernel.compute(r, x[0], result, allocator);
      case Scanning.Scan s -> ScanKernels.compute(s, x[0], result, allocator);
      case Ordering.Sort s -> SortKernels.sort(x[0], s.axis(), result, reusable, allocator);
      case Ordering.ArgSort s -> SortKernels.argSort(x[0], s.axis(), result, allocator);
      case Ordering.SearchSorted s -> SearchKernel.compute(x[0], x[1], s.right(), result, allocator);
      case Shaping.Reshape r -> Copies.reshape(x[0], result, allocator);
      case Shaping.Transpose t -> ShapingKernels.transpose(x[0], t.axes(), result);
      case Shaping.BroadcastTo b -> ShapingKernels.broadcast(x[0], result);
      case Slice s -> ShapingKernels.slice(x[0], s, result);
      case Slice.Update s -> ShapingKernels.sliceUpdate(x[0], x[1], s.slice(), first, allocator);
      case Shaping.Concatenate c -> ShapingKernels.concatenate(x, c.axis(), result, allocator);
      case Shaping.Pad p -> ShapingKernels.pad(x[0], x[1], p, result, allocator);
      case DynamicSlice d -> LayoutKernels.slice(x[0], x[1], d.axes(), result);
      case DynamicSlice.Update d -> LayoutKernels.sliceUpdate(x, d.axes(), first, allocator);
      case Layout.AsStrided a -> LayoutKernels.asStrided(a, x[0], result, allocator);
      case Layout.Contiguous c -> LayoutKernels.contiguous(x[0], c.allowColMajor(), allocator);
      case Indexing.Gather g -> GatherKernels.gather(g, x, result, allocator);
      case Indexing.Scatter s -> GatherKernels.scatter(s, x, first, allocator);
      case Indexing.TakeAlongAxis t -> GatherKernels.takeAlongAxis(t.axis(), x[0], x[1], result, allocator);
      case Indexing.PutAlongAxis p -> GatherKernels.putAlongAxis(p, x, first, allocator);
      case Matrix.Matmul m -> MatmulKernel.compute(x[0], x[1], result, allocator);
      case Converting.Where w -> CastKernels.where(x, result, reusable, allocator);
      case Converting.AsType t -> CastKernels.cast(x[0], result, reusable, allocator);
      case Converting.View v -> CastKernels.view(x[0], result, allocator);
      case Creation.Arange a -> arange(a, result, allocator);
      case Fusing.Softmax s -> SoftmaxKernels.softmax(s.axes(), x[0], result, reusable, allocator);
      case Fusing.LogSumExp l -> SoftmaxKernels.logSumExp(l.axes(), x[0], result, allocator);
      case Fused f -> FusedKernel.compute(f, x, result, reusable, this, allocator);
      case Sampling.Bits b -> RandomKernel.bits(x[0], b.width(), result, allocator);
    };
  }

  private static Strided arange(Creation.Arange a, Spec result, Allocator allocator) {
    Storage out = allocator.allocate(result);
    Elementwise.tiles((int) result.shape().size(), (start, n, s) -> {
      switch (Lane.of(a.dtype())) {
        case FLOAT -> {
          for (int i = 0; i < n; i++) {
            s.floats[0][i] = (float) (a.start() + (start + i) * a.step());
          }
          Tiles.store(s.floats[0], out, a.dtype(), start, n, s);
        }
        case DOUBLE -> {
          for (int i = 0; i < n; i++) {
            s.doubles[0][i] = a.start() + (start + i) * a.step();
          }
          Tiles.store(s.doubles[0], out, start, n);
        }
        case LONG -> {
          // The step of an integer range is that of its first two elements.
          long first = (long) a.start();
          long step = (long) (a.start() + a.step()) - first;
          for (int i = 0; i < n; i++) {
            s.longs[0][i] = first + (start + i) * step;
          }
          Tiles.store(s.longs[0], out, a.dtype(), start, n);
        }
        case COMPLEX -> {
          for (int i = 0; i < n; i++) {
            s.longs[0][i] = Complex.bits((float) (a.start() + (start + i) * a.step()), 0);
          }
          Tiles.store(s.longs[0], out, a.dtype(), start, n);
        }
      }
    });
    return Strided.dense(out, result);
  }
}
