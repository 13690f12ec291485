package io.mlxlint.mx;

import io.mlxlint.op.BFloat16;
import io.mlxlint.op.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;

/** Elements between Java's primitives and the bytes of a dtype. */
final class Elements {
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private Elements() {}

  static MemorySegment allocate(DType dtype, long count) {
    long bytes = count * dtype.itemSize();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          bytes + " bytes are more than can be built from host values at once");
    }
    return MemorySegment.ofArray(new byte[(int) bytes]);
  }

  /** Stores {@code value} as MLX's constructors do: unchecked casts, integers wrap. */
  static void put(MemorySegment to, DType dtype, long i, double value) {
    switch (dtype) {
      case BOOL -> to.set(ValueLayout.JAVA_BYTE, i, (byte) (value != 0 ? 1 : 0));
      case FLOAT16 -> to.set(SHORT, 2 * i, Float.floatToFloat16((float) value));
      case BFLOAT16 -> to.set(SHORT, 2 * i, BFloat16.bits((float) value));
      case FLOAT32 -> to.set(FLOAT, 4 * i, (float) value);
      case FLOAT64 -> to.set(DOUBLE, 8 * i, value);
      case COMPLEX64 -> to.set(FLOAT, 8 * i, (float) value);
      case UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> put(to, dtype, i, toLong(value));
    }
  }

  /** As {@link #put(MemorySegment, DType, long, double)}, exact for 64 bits. */
  static void put(MemorySegment to, DType dtype, long i, long value) {
    switch (dtype) {
      case BOOL -> to.set(ValueLayout.JAVA_BYTE, i, (byte) (value != 0 ? 1 : 0));
      case UINT8, INT8 -> to.set(ValueLayout.JAVA_BYTE, i, (byte) value);
      case UINT16, INT16 -> to.set(SHORT, 2 * i, (short) value);
      case UINT32, INT32 -> to.set(INT, 4 * i, (int) value);
      case UINT64, INT64 -> to.set(LONG, 8 * i, value);
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64, COMPLEX64 -> put(to, dtype, i, (double) value);
    }
  }

  static double getDouble(MemorySegment from, DType dtype, long i) {
    return switch (dtype) {
      case FLOAT16 -> Float.float16ToFloat(from.get(SHORT, 2 * i));
      case BFLOAT16 -> Float.intBitsToFloat(from.get(SHORT, 2 * i) << 16);
      case FLOAT32 -> from.get(FLOAT, 4 * i);
      case FLOAT64 -> from.get(DOUBLE, 8 * i);
      case UINT64 -> unsigned(from.get(LONG, 8 * i));
      case BOOL, UINT8, UINT16, UINT32, INT8, INT16, INT32, INT64 -> getLong(from, dtype, i);
      case COMPLEX64 -> throw new IllegalArgumentException(
          "a complex64 element is no double, see toFloatArray");
    };
  }

  static long getLong(MemorySegment from, DType dtype, long i) {
    return switch (dtype) {
      case BOOL, INT8 -> from.get(ValueLayout.JAVA_BYTE, i);
      case UINT8 -> from.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      case INT16 -> from.get(SHORT, 2 * i);
      case UINT16 -> from.get(SHORT, 2 * i) & 0xffff;
      case INT32 -> from.get(INT, 4 * i);
      case UINT32 -> from.get(INT, 4 * i) & 0xffffffffL;
      case INT64, UINT64 -> from.get(LONG, 8 * i);
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64, COMPLEX64 -> throw new IllegalArgumentException(
          "elements of " + dtype + " are no integers, cast with astype first");
    };
  }

  /** All elements as float; complex64 as pairs. */
  static float[] toFloats(MemorySegment from, DType dtype) {
    int n = Math.toIntExact(from.byteSize() / dtype.itemSize());
    if (dtype == DType.FLOAT32 || dtype == DType.COMPLEX64) {
      return from.toArray(FLOAT);
    }
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) getDouble(from, dtype, i);
    }
    return out;
  }

  static double[] toDoubles(MemorySegment from, DType dtype) {
    if (dtype == DType.FLOAT64) {
      return from.toArray(DOUBLE);
    }
    double[] out = new double[Math.toIntExact(from.byteSize() / dtype.itemSize())];
    Arrays.setAll(out, i -> getDouble(from, dtype, i));
    return out;
  }

  static long[] toLongs(MemorySegment from, DType dtype) {
    long[] out = new long[Math.toIntExact(from.byteSize() / dtype.itemSize())];
    Arrays.setAll(out, i -> getLong(from, dtype, i));
    return out;
  }

  static int[] toInts(MemorySegment from, DType dtype) {
    if (dtype == DType.INT32) {
      return from.toArray(INT);
    }
    int[] out = new int[Math.toIntExact(from.byteSize() / dtype.itemSize())];
    Arrays.setAll(out, i -> Math.toIntExact(getLong(from, dtype, i)));
    return out;
  }

  static boolean[] toBooleans(MemorySegment from, DType dtype) {
    boolean[] out = new boolean[Math.toIntExact(from.byteSize() / dtype.itemSize())];
    for (int i = 0; i < out.length; i++) {
      out[i] = getDouble(from, dtype, i) != 0;
    }
    return out;
  }

  /** One element as MLX prints it. */
  static String toString(MemorySegment from, DType dtype, long i) {
    return switch (dtype) {
      case BOOL -> getLong(from, dtype, i) != 0 ? "True" : "False";
      case UINT64 -> Long.toUnsignedString(getLong(from, dtype, i));
      case UINT8, UINT16, UINT32, INT8, INT16, INT32, INT64 -> Long.toString(getLong(from, dtype, i));
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> toString(getDouble(from, dtype, i));
      case COMPLEX64 -> toString(from.get(FLOAT, 8 * i)) + "+" + toString(from.get(FLOAT, 8 * i + 4)) + "j";
    };
  }

  private static String toString(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    // Six significant digits, as C++ streams print.
    String s = String.format(Locale.ROOT, "%.6g", value);
    if (value == 0 || Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6) {
      s = new BigDecimal(value, new MathContext(6)).stripTrailingZeros().toPlainString();
      return value == 0 && 1 / value < 0 ? "-0" : s;
    }
    int e = s.indexOf('e');
    return new BigDecimal(s.substring(0, e)).stripTrailingZeros().toPlainString() + s.substring(e);
  }

  private static long toLong(double value) {
    // Past the signed range the unsigned value of the same bits, which is what a wrapping cast keeps.
    return value >= 0x1p63 && value < 0x1p64 ? (long) (value - 0x1p64) : (long) value;
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
  }
}
