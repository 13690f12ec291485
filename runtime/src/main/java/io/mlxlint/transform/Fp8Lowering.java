package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.DType;
import io.mlxlint.op.Indexing;

/**
 * Numbers of eight bits: a sign, four bits of exponent with a bias of 7 and three of mantissa. There is no
 * infinity and no NaN: as in MLX both become 448, the largest number that is made, and code 0x7f is read as
 * 480.
 */
final class Fp8Lowering {
  private static final int CODES = 256;
  private static final int LARGEST = 0x7e;

  /** The bits of 464, half a step above 448. */
  private static final long TOO_LARGE = 0x43e80000L;

  /** The bits of the smallest float32 that has a full mantissa in eight bits, 2^-6. */
  private static final long NORMAL = 121L << 23;

  /** Added to a smaller number, it moves what is left of the mantissa into the lowest bits, rounded: 2^14. */
  private static final long DENORMAL = 141L << 23;

  private Fp8Lowering() {}

  static GraphNode narrow(Build b, GraphNode x) {
    GraphNode bits = b.apply(new Converting.View(DType.UINT32), b.cast(x, DType.FLOAT32));
    GraphNode sign = b.binary(Binary.RIGHT_SHIFT, b.binary(Binary.BITWISE_AND, bits, word(b, 1L << 31)),
        word(b, 24));
    GraphNode size = b.binary(Binary.BITWISE_AND, bits, word(b, Integer.MAX_VALUE));

    GraphNode magic = b.apply(new Converting.View(DType.FLOAT32), word(b, DENORMAL));
    GraphNode moved = b.add(b.apply(new Converting.View(DType.FLOAT32), size), magic);
    GraphNode denormal = b.subtract(b.apply(new Converting.View(DType.UINT32), moved), word(b, DENORMAL));

    // half to even: the last bit that is kept decides ties
    GraphNode odd = b.binary(Binary.BITWISE_AND, b.binary(Binary.RIGHT_SHIFT, size, word(b, 20)), word(b, 1));
    GraphNode rounded = b.add(b.add(size, word(b, (7L - 127 << 23) + 0x7ffff)), odd);
    GraphNode normal = b.binary(Binary.RIGHT_SHIFT, rounded, word(b, 20));

    GraphNode code = b.where(b.binary(Binary.GREATER_EQUAL, size, word(b, TOO_LARGE)), word(b, LARGEST),
        b.where(b.binary(Binary.LESS, size, word(b, NORMAL)), denormal, normal));
    return b.cast(b.binary(Binary.BITWISE_OR, code, sign), DType.UINT8);
  }

  private static GraphNode word(Build b, long bits) {
    return b.scalar(bits & 0xffffffffL, DType.UINT32);
  }

  static GraphNode widen(Build b, GraphNode codes, DType dtype) {
    GraphNode table = b.vector(values());
    int[] one = {1};
    GraphNode picked = b.apply(new Indexing.Gather(new int[] {0}, one), table, codes);
    return b.cast(b.reshape(picked, codes.spec().shape()), dtype);
  }

  private static float[] values() {
    float[] out = new float[CODES];
    for (int code = 0; code < CODES; code++) {
      int exponent = code >> 3 & 0xf;
      int mantissa = code & 7;
      float size = exponent == 0 ? mantissa * 0x1p-9f : Math.scalb(1 + mantissa / 8f, exponent - 7);
      out[code] = code < 0x80 ? size : -size;
    }
    return out;
  }
}
