package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.BFloat16;
import io.mlxlint.op.DType;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Spec;

/** Running results along an axis, row by row. */
final class ScanKernels {

  private ScanKernels() {}

  static Strided compute(Scanning.Scan op, Strided x, Spec result, Allocator allocator) {
    Storage out = allocator.allocate(result);
    Rows rows = Rows.along(x, op.axis());
    Strided values = rows.values();
    Walk walk = Walk.of(values);
    int length = rows.length();
    Workers.run(rows.count(), rows.grain(), (from, to) -> {
      Scratch s = Scratch.current();
      double[] reals = x.dtype().isFloating() ? new double[length] : null;
      long[] wholes = reals == null ? new long[length] : null;
      for (int row = from; row < to; row++) {
        if (reals != null) {
          Rows.load(values, walk, row * length, length, reals, s);
          scan(op, reals, x.dtype());
          store(reals, out, result.dtype(), row * length, s);
        } else {
          Rows.load(values, walk, row * length, length, wholes, s);
          if (x.dtype().isComplex()) {
            ComplexKernels.scan(op, wholes);
          } else {
            scan(op, wholes, x.dtype());
          }
          Tiles.store(wholes, out, result.dtype(), row * length, length);
        }
      }
    });
    return rows.result(out, result);
  }

  private static void store(double[] from, Storage out, DType dtype, int start, Scratch s) {
    if (dtype == DType.FLOAT64) {
      Tiles.store(from, out, start, from.length);
      return;
    }
    for (int i = 0; i < from.length; i += Scratch.TILE) {
      int n = Math.min(Scratch.TILE, from.length - i);
      for (int j = 0; j < n; j++) {
        s.floats[0][j] = (float) from[i + j];
      }
      Tiles.store(s.floats[0], out, dtype, start + i, n, s);
    }
  }

  private static void scan(Scanning.Scan op, double[] t, DType dtype) {
    double running = switch (op.kind()) {
      case CUMSUM -> 0;
      case CUMPROD -> 1;
      case CUMMAX, LOGCUMSUMEXP -> Double.NEGATIVE_INFINITY;
      case CUMMIN -> Double.POSITIVE_INFINITY;
    };
    int n = t.length;
    for (int k = 0; k < n; k++) {
      int i = op.reverse() ? n - 1 - k : k;
      double own = t[i];
      double before = running;
      running = round(switch (op.kind()) {
        case CUMSUM -> running + own;
        case CUMPROD -> running * own;
        case CUMMAX -> Math.max(running, own);
        case CUMMIN -> Math.min(running, own);
        case LOGCUMSUMEXP -> Special.logaddexp(running, own);
      }, dtype);
      t[i] = op.inclusive() ? running : before;
    }
  }

  /** Each step rounds as MLX's does: every partial result is an element. */
  private static double round(double x, DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16((float) x));
      case BFLOAT16 -> Float.intBitsToFloat(BFloat16.bits((float) x) << 16);
      case FLOAT32 -> (float) x;
      case FLOAT64, BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, COMPLEX64 -> x;
    };
  }

  private static void scan(Scanning.Scan op, long[] t, DType dtype) {
    long flip = dtype == DType.UINT64 ? Long.MIN_VALUE : 0;
    long running = switch (op.kind()) {
      case CUMSUM -> 0;
      case CUMPROD -> 1;
      case CUMMAX, LOGCUMSUMEXP -> smallest(dtype);
      case CUMMIN -> largest(dtype);
    };
    int n = t.length;
    for (int k = 0; k < n; k++) {
      int i = op.reverse() ? n - 1 - k : k;
      long own = t[i];
      long before = running;
      running = switch (op.kind()) {
        case CUMSUM -> running + own;
        case CUMPROD -> running * own;
        case CUMMAX -> (running ^ flip) >= (own ^ flip) ? running : own;
        case CUMMIN -> (running ^ flip) <= (own ^ flip) ? running : own;
        // MLX takes this logarithm of integers, too, and cuts it.
        case LOGCUMSUMEXP -> (long) Special.logaddexp(running, own);
      };
      t[i] = op.inclusive() ? running : before;
    }
  }

  private static long smallest(DType dtype) {
    return dtype.category() == DType.Category.SIGNED ? -1L << 8 * dtype.itemSize() - 1 : 0;
  }

  private static long largest(DType dtype) {
    return switch (dtype.category()) {
      case BOOLEAN -> 1;
      case SIGNED -> ~smallest(dtype);
      case UNSIGNED, FLOATING, COMPLEX -> -1L >>> 64 - 8 * dtype.itemSize();
    };
  }
}
