package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.DType;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;

/** Element-wise operations on one array. */
final class UnaryKernels {

  private UnaryKernels() {}

  static Strided compute(Unary op, Strided x, Spec result, int reusable, Allocator allocator) {
    if (op == Unary.STOP_GRADIENT || isIdentity(op, x.dtype())) {
      x.storage().retain();
      return x;
    }
    Strided[] operands = {x};
    Strided[] flat = Elementwise.inMemoryOrder(operands);
    Storage out = Elementwise.target(result, flat, reusable, allocator);
    Strided in = flat[0];
    Walk walk = Walk.of(in);
    int n = in.size();
    switch (Lane.of(x.dtype())) {
      case FLOAT -> {
        if (result.dtype() == DType.BOOL) {
          test(DoubleUnaryLoops.test(op), in, walk, out, n);
        } else {
          floats(FloatUnaryLoops.of(op), in, walk, out, result.dtype(), n);
        }
      }
      case DOUBLE -> {
        if (result.dtype() == DType.BOOL) {
          test(DoubleUnaryLoops.test(op), in, walk, out, n);
        } else {
          Loops.DoubleUnary loop = DoubleUnaryLoops.of(op);
          Elementwise.tiles(n, (start, count, s) -> {
            Tiles.load(in, walk, start, count, s.doubles[0], s);
            loop.apply(s.doubles[0], s.doubles[1], 0, count);
            Tiles.store(s.doubles[1], out, start, count);
          });
        }
      }
      case LONG -> {
        Loops.LongUnary loop = LongLoops.of(op, x.dtype());
        Elementwise.tiles(n, (start, count, s) -> {
          Tiles.load(in, walk, start, count, s.longs[0], s);
          loop.apply(s.longs[0], s.longs[1], 0, count);
          Tiles.store(s.longs[1], out, result.dtype(), start, count);
        });
      }
      case COMPLEX -> ComplexKernels.unary(op, in, walk, out, n);
    }
    return Elementwise.result(out, result, operands, flat);
  }

  private static boolean isIdentity(Unary op, DType dtype) {
    return switch (op) {
      case FLOOR, CEIL, TRUNC, ROUND -> !dtype.isInexact();
      case ABS -> dtype == DType.BOOL || dtype.category() == DType.Category.UNSIGNED;
      case NEGATIVE, SIGN, SQUARE, RECIPROCAL, SQRT, RSQRT, EXP, EXPM1, LOG, LOG2, LOG10, LOG1P, SIN, COS,
          TAN, ARCSIN, ARCCOS, ARCTAN, SINH, COSH, TANH, ARCSINH, ARCCOSH, ARCTANH, SIGMOID, ERF, ERFINV,
          DEGREES, RADIANS, LOGICAL_NOT, BITWISE_INVERT, ISNAN, ISINF, ISFINITE, ISPOSINF, ISNEGINF, REAL,
          IMAG, CONJUGATE -> false;
      case STOP_GRADIENT -> true;
    };
  }

  private static void floats(Loops.FloatUnary loop, Strided in, Walk walk, Storage out, DType dtype, int n) {
    if (in.storage() instanceof Storage.Floats a && out instanceof Storage.Floats c && walk.isDense()
        && walk.offset == 0) {
      Workers.run(n, Elementwise.GRAIN, (from, to) -> loop.apply(a.array, c.array, from, to));
      return;
    }
    Elementwise.tiles(n, (start, count, s) -> {
      Tiles.load(in, walk, start, count, s.floats[0], s);
      loop.apply(s.floats[0], s.floats[1], 0, count);
      Tiles.store(s.floats[1], out, dtype, start, count, s);
    });
  }

  private static void test(Loops.DoubleTest loop, Strided in, Walk walk, Storage out, int n) {
    Elementwise.tiles(n, (start, count, s) -> {
      Tiles.load(in, walk, start, count, s.doubles[0], s);
      loop.apply(s.doubles[0], s.bytes, 0, count);
      Tiles.store(s.bytes, out, start, count);
    });
  }
}
