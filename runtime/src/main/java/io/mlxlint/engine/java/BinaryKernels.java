package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Spec;

/** Element-wise operations on two arrays of one shape and dtype. */
final class BinaryKernels {

  private BinaryKernels() {}

  static Strided compute(Binary op, Strided a, Strided b, Spec result, int reusable, Allocator allocator) {
    Strided[] operands = {a, b};
    Strided[] flat = Elementwise.inMemoryOrder(operands);
    Storage out = Elementwise.target(result, flat, reusable, allocator);
    Strided x = flat[0];
    Strided y = flat[1];
    Walk wx = Walk.of(x);
    Walk wy = Walk.of(y);
    DType dtype = result.dtype();
    int n = x.size();
    boolean compares = compares(op);
    switch (Lane.of(a.dtype())) {
      case FLOAT -> {
        if (compares) {
          compare(DoubleBinaryLoops.compare(op), x, y, out, n);
        } else {
          floats(FloatBinaryLoops.of(op), x, wx, y, wy, out, dtype, n);
        }
      }
      case DOUBLE -> {
        if (compares) {
          compare(DoubleBinaryLoops.compare(op), x, y, out, n);
        } else {
          Loops.DoubleBinary loop = DoubleBinaryLoops.of(op);
          Elementwise.tiles(n, (start, count, s) -> {
            Tiles.load(x, wx, start, count, s.doubles[0], s);
            Tiles.load(y, wy, start, count, s.doubles[1], s);
            loop.apply(s.doubles[0], s.doubles[1], s.doubles[2], 0, count);
            Tiles.store(s.doubles[2], out, start, count);
          });
        }
      }
      case LONG -> {
        if (compares) {
          Loops.LongCompare loop = LongLoops.compare(op, a.dtype());
          Elementwise.tiles(n, (start, count, s) -> {
            Tiles.load(x, wx, start, count, s.longs[0], s);
            Tiles.load(y, wy, start, count, s.longs[1], s);
            loop.apply(s.longs[0], s.longs[1], s.bytes, 0, count);
            Tiles.store(s.bytes, out, start, count);
          });
        } else {
          Loops.LongBinary loop = LongLoops.of(op, a.dtype());
          try {
            Elementwise.tiles(n, (start, count, s) -> {
              Tiles.load(x, wx, start, count, s.longs[0], s);
              Tiles.load(y, wy, start, count, s.longs[1], s);
              loop.apply(s.longs[0], s.longs[1], s.longs[2], 0, count);
              Tiles.store(s.longs[2], out, dtype, start, count);
            });
          } catch (ArithmeticException e) { // division by zero
            out.release();
            throw e;
          }
        }
      }
      case COMPLEX -> ComplexKernels.binary(op, x, wx, y, wy, out, n);
    }
    return Elementwise.result(out, result, operands, flat);
  }

  static boolean compares(Binary op) {
    return switch (op) {
      case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, LOGICAL_AND, LOGICAL_OR,
          LOGICAL_XOR -> true;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, FLOOR_DIVIDE, REMAINDER, POWER, MAXIMUM, MINIMUM, LOGADDEXP,
          ARCTAN2, BITWISE_AND, BITWISE_OR, BITWISE_XOR, LEFT_SHIFT, RIGHT_SHIFT -> false;
    };
  }

  private static void floats(Loops.FloatBinary loop, Strided x, Walk wx, Strided y, Walk wy, Storage out,
      DType dtype, int n) {
    if (x.storage() instanceof Storage.Floats a && y.storage() instanceof Storage.Floats b
        && out instanceof Storage.Floats c
        && wx.isDense() && wy.isDense() && wx.offset == 0 && wy.offset == 0) {
      Workers.run(n, Elementwise.GRAIN, (from, to) -> loop.apply(a.array, b.array, c.array, from, to));
      return;
    }
    Elementwise.tiles(n, (start, count, s) -> {
      Tiles.load(x, wx, start, count, s.floats[0], s);
      Tiles.load(y, wy, start, count, s.floats[1], s);
      loop.apply(s.floats[0], s.floats[1], s.floats[2], 0, count);
      Tiles.store(s.floats[2], out, dtype, start, count, s);
    });
  }

  private static void compare(Loops.DoubleCompare loop, Strided x, Strided y, Storage out, int n) {
    Walk wx = Walk.of(x);
    Walk wy = Walk.of(y);
    Elementwise.tiles(n, (start, count, s) -> {
      Tiles.load(x, wx, start, count, s.doubles[0], s);
      Tiles.load(y, wy, start, count, s.doubles[1], s);
      loop.apply(s.doubles[0], s.doubles[1], s.bytes, 0, count);
      Tiles.store(s.bytes, out, start, count);
    });
  }
}
