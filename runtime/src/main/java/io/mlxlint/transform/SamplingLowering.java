package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Unary;

/** Distributions from random bits, step by step as MLX, so that the same key gives the same numbers. */
final class SamplingLowering {
  private static final float ABOVE_MINUS_ONE = Math.nextUp(-1f);

  private SamplingLowering() {}

  static GraphNode lower(Build b, Sampling.Distribution op, GraphNode[] x) {
    GraphNode key = x[0];
    Shape shape = op.shape();
    DType dtype = op.dtype();
    return switch (op.kind()) {
      case BITS -> b.cast(words(b, key, shape), dtype);
      case SPLIT -> words(b, key, shape);
      case UNIFORM -> uniform(b, key, shape, x[1], x[2], dtype);
      case NORMAL -> {
        GraphNode z = b.unary(Unary.ERFINV, symmetric(b, key, shape));
        yield b.multiply(b.cast(z, dtype), Math.sqrt(2));
      }
      case BERNOULLI -> b.cast(b.binary(Binary.LESS, words(b, key, shape),
          b.multiply(b.cast(x[1], DType.FLOAT32), Math.nextUp(0x1p32f))), dtype);
      case RANDINT -> randint(b, key, shape, x[1], x[2], dtype);
      case TRUNCATED_NORMAL -> truncatedNormal(b, key, shape, b.cast(x[1], dtype), b.cast(x[2], dtype),
          dtype);
      case GUMBEL -> {
        GraphNode u = uniform(b, key, shape, b.scalar(0, dtype), b.scalar(1, dtype), dtype);
        yield b.negative(b.log(b.negative(b.log(u))));
      }
      case LAPLACE -> {
        GraphNode u = symmetric(b, key, shape);
        GraphNode tail = b.unary(Unary.LOG1P, b.negative(b.unary(Unary.ABS, u)));
        yield b.cast(b.multiply(b.unary(Unary.SIGN, u), tail), dtype);
      }
      case CATEGORICAL, PERMUTATION ->
          throw new IllegalArgumentException(op.kind().mlxName() + " is written with other operations");
    };
  }

  private static GraphNode words(Build b, GraphNode key, Shape shape) {
    return b.apply(new Sampling.Bits(shape, 4), key);
  }

  /** In [low, high), from 32 bits whatever the dtype. */
  private static GraphNode uniform(Build b, GraphNode key, Shape shape, GraphNode low, GraphNode high,
      DType dtype) {
    GraphNode from = b.cast(low, dtype);
    GraphNode range = b.subtract(b.cast(high, dtype), from);
    GraphNode unit = b.multiply(b.cast(words(b, key, shape), DType.FLOAT32), 0x1p-32);
    GraphNode below = b.minimum(unit, b.scalar(belowOne(dtype), DType.FLOAT32));
    return b.add(b.multiply(range, b.cast(below, dtype)), from);
  }

  private static double belowOne(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 1 - 0x1p-11;
      case BFLOAT16 -> 1 - 0x1p-8;
      case FLOAT32 -> 1 - 0x1p-24;
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FLOAT64, COMPLEX64 ->
          throw new IllegalArgumentException("random numbers are float16, bfloat16 or float32, not " + dtype);
    };
  }

  /** float32 in (-1, 1). */
  private static GraphNode symmetric(Build b, GraphNode key, Shape shape) {
    return uniform(b, key, shape, b.scalar(ABOVE_MINUS_ONE, DType.FLOAT32), b.scalar(1, DType.FLOAT32),
        DType.FLOAT32);
  }

  private static GraphNode randint(Build b, GraphNode key, Shape shape, GraphNode low, GraphNode high,
      DType dtype) {
    GraphNode u = uniform(b, key, shape, low, high, DType.FLOAT32);
    GraphNode drawn = b.cast(b.unary(Unary.FLOOR, u), dtype);
    // float32 cannot hold every bound, so the drawn number may lie outside
    GraphNode last = b.cast(b.subtract(high, b.like(1, high)), dtype);
    return b.maximum(b.minimum(drawn, last), b.cast(low, dtype));
  }

  private static GraphNode truncatedNormal(Build b, GraphNode key, Shape shape, GraphNode low, GraphNode high,
      DType dtype) {
    GraphNode root = b.scalar(Math.sqrt(2), dtype);
    GraphNode from = b.unary(Unary.ERF, b.divide(low, root));
    GraphNode to = b.unary(Unary.ERF, b.divide(high, root));
    GraphNode u = uniform(b, key, shape, from, to, dtype);
    GraphNode z = b.multiply(b.unary(Unary.ERFINV, u), root);
    return b.maximum(b.minimum(z, high), low);
  }
}
