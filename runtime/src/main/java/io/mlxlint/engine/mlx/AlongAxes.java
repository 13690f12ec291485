package io.mlxlint.engine.mlx;

import io.mlxlint.op.Fusing;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Scanning;
import java.lang.foreign.MemorySegment;

/** The operations that go along axes: reductions, scans, sorts, softmax. */
final class AlongAxes {

  private AlongAxes() {}

  private static int[] axes(int[] given, Call c) {
    return given != null ? given : Call.allAxes(c.spec(0).shape().rank());
  }

  /** Over no axes (or all axes of a scalar) MLX returns the operand as it is, in its own dtype. */
  private static boolean noAxes(int[] axes, Call c) {
    if (axes.length > 0) {
      return false;
    }
    Mlxc.mlx_astype(c.res, c.in[0], c.dtype(), c.s);
    return true;
  }

  /**
   * Some views without elements send MLX's reductions into a loop of minutes; a new array without elements
   * does as well.
   */
  private static void replaceEmpty(Call c) {
    if (c.spec(0).shape().size() == 0) {
      c.in[0] = c.empty(c.spec(0));
    }
  }

  static void reduce(Reduction.Reduce r, Call c) {
    replaceEmpty(c);
    int[] over = axes(r.axes(), c);
    if (noAxes(over, c)) {
      return;
    }
    MemorySegment axes = c.ints(over);
    boolean keep = r.keepDims();
    switch (r.kind()) {
      case SUM -> Mlxc.mlx_sum_axes(c.res, c.in[0], axes, over.length, keep, c.s);
      case PROD -> Mlxc.mlx_prod_axes(c.res, c.in[0], axes, over.length, keep, c.s);
      case MAX -> Mlxc.mlx_max_axes(c.res, c.in[0], axes, over.length, keep, c.s);
      case MIN -> Mlxc.mlx_min_axes(c.res, c.in[0], axes, over.length, keep, c.s);
      case ALL -> Mlxc.mlx_all_axes(c.res, c.in[0], axes, over.length, keep, c.s);
      case ANY -> Mlxc.mlx_any_axes(c.res, c.in[0], axes, over.length, keep, c.s);
      case ARGMAX, ARGMIN, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO -> throw Call.misplaced(r.kind().mlxName());
    }
  }

  static void argReduce(Reduction.ArgReduce r, Call c) {
    replaceEmpty(c);
    switch (r.kind()) {
      case ARGMAX -> Mlxc.mlx_argmax_axis(c.res, c.in[0], r.axis(), r.keepDims(), c.s);
      case ARGMIN -> Mlxc.mlx_argmin_axis(c.res, c.in[0], r.axis(), r.keepDims(), c.s);
      case SUM, PROD, MAX, MIN, ALL, ANY, MEAN, VAR, STD, MEDIAN, COUNT_NONZERO ->
          throw Call.misplaced(r.kind().mlxName());
    }
  }

  static void statistic(Reduction.Statistic r, Call c) {
    replaceEmpty(c);
    int[] over = axes(r.axes(), c);
    MemorySegment axes = c.ints(over);
    boolean keep = r.keepDims();
    switch (r.kind()) {
      case MEAN -> Mlxc.mlx_mean_axes(c.res, c.in[0], axes, over.length, keep, c.s);
      case VAR -> Mlxc.mlx_var_axes(c.res, c.in[0], axes, over.length, keep, r.ddof(), c.s);
      case STD -> Mlxc.mlx_std_axes(c.res, c.in[0], axes, over.length, keep, r.ddof(), c.s);
      case MEDIAN -> {
        if (!noAxes(over, c)) {
          Mlxc.mlx_median_axes(c.res, rowMajor(c), axes, over.length, keep, c.s);
        }
      }
      case COUNT_NONZERO -> Mlxc.mlx_count_nonzero_axes(c.res, c.in[0], axes, over.length, keep, c.s);
      case SUM, PROD, MAX, MIN, ALL, ANY, ARGMAX, ARGMIN -> throw Call.misplaced(r.kind().mlxName());
    }
  }

  static void scan(Scanning.Scan op, Call c) {
    int axis = op.axis();
    boolean reverse = op.reverse();
    boolean inclusive = op.inclusive();
    switch (op.kind()) {
      case CUMSUM -> Mlxc.mlx_cumsum_axis(c.res, c.in[0], axis, reverse, inclusive, Library.NONE, c.s);
      case CUMPROD -> Mlxc.mlx_cumprod_axis(c.res, c.in[0], axis, reverse, inclusive, Library.NONE, c.s);
      case CUMMAX -> Mlxc.mlx_cummax_axis(c.res, c.in[0], axis, reverse, inclusive, c.s);
      case CUMMIN -> Mlxc.mlx_cummin_axis(c.res, c.in[0], axis, reverse, inclusive, c.s);
      case LOGCUMSUMEXP -> Mlxc.mlx_logcumsumexp_axis(c.res, c.in[0], axis, reverse, inclusive, c.s);
    }
  }

  /** The operand, copied if need be: CUDA's backend sorts arrays wrongly that are not row-major. */
  private static long rowMajor(Call c) {
    return c.temporary(cell -> Mlxc.mlx_contiguous(cell, c.in[0], false, c.s));
  }

  static void sort(Ordering.Sort o, Call c) {
    switch (o.kind()) {
      case SORT -> Mlxc.mlx_sort_axis(c.res, rowMajor(c), o.axis(), c.s);
      case PARTITION -> Mlxc.mlx_partition_axis(c.res, rowMajor(c), o.kth(), o.axis(), c.s);
      case ARGSORT, ARGPARTITION, TOPK -> throw Call.misplaced(o.kind().mlxName());
    }
  }

  static void argSort(Ordering.ArgSort o, Call c) {
    switch (o.kind()) {
      case ARGSORT -> Mlxc.mlx_argsort_axis(c.res, rowMajor(c), o.axis(), c.s);
      case ARGPARTITION -> Mlxc.mlx_argpartition_axis(c.res, rowMajor(c), o.kth(), o.axis(), c.s);
      case SORT, PARTITION, TOPK -> throw Call.misplaced(o.kind().mlxName());
    }
  }

  static void softmax(Fusing.Softmax f, Call c) {
    replaceEmpty(c);
    int[] over = axes(f.axes(), c);
    if (over.length == 0) {
      Mlxc.mlx_ones(c.res, c.shape(), c.rank(), c.dtype(), c.s);
      return;
    }
    // Over several axes MLX casts the result back to the operand's dtype, so that integers give zeros.
    Mlxc.mlx_softmax_axes(c.res, c.cast(c.in[0]), c.ints(over), over.length, f.precise(), c.s);
  }

  /** MLX subtracts the maximum of integers as integers, which wraps. */
  static void logSumExp(Fusing.LogSumExp f, Call c) {
    replaceEmpty(c);
    int[] over = axes(f.axes(), c);
    Mlxc.mlx_logsumexp_axes(c.res, c.cast(c.in[0]), c.ints(over), over.length, f.keepDims(), c.s);
  }
}
