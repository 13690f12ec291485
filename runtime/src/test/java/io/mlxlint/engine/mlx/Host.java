package io.mlxlint.engine.mlx;

import io.mlxlint.op.DType;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An array's elements on the host. */
record Host(Spec spec, byte[] bytes) {

  /** Small numbers of both signs, some zeros, in an order that no stride repeats. */
  static Host leaf(Spec spec) {
    byte[] bytes = new byte[(int) spec.nbytes()];
    MemorySegment to = MemorySegment.ofArray(bytes);
    for (int i = 0; i < spec.shape().size(); i++) {
      double v = (i * 7 + 3) % 13 / 2.0 - 2;
      switch (spec.dtype()) {
        case BOOL -> to.set(ValueLayout.JAVA_BYTE, i, (byte) (v > 0 ? 1 : 0));
        case UINT8, INT8 -> to.set(ValueLayout.JAVA_BYTE, i, (byte) v);
        case UINT16, INT16 -> to.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, (short) v);
        case UINT32, INT32 -> to.set(ValueLayout.JAVA_INT_UNALIGNED, 4L * i, (int) v);
        case UINT64, INT64 -> to.set(ValueLayout.JAVA_LONG_UNALIGNED, 8L * i, (long) v);
        case FLOAT16 -> to.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, Float.floatToFloat16((float) v));
        case BFLOAT16 ->
            to.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i,
                (short) (Float.floatToRawIntBits((float) v) >>> 16));
        case FLOAT32 -> to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i, (float) v);
        case FLOAT64 -> to.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8L * i, v);
        case COMPLEX64 -> to.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 8L * i, (float) v);
      }
    }
    return new Host(spec, bytes);
  }

  int size() {
    return spec.dtype() == DType.COMPLEX64 ? bytes.length / 4 : bytes.length / spec.dtype().itemSize();
  }

  /** Element i; of complex arrays real and imaginary parts in turn. */
  double get(int i) {
    MemorySegment from = MemorySegment.ofArray(bytes);
    return switch (spec.dtype()) {
      case BOOL, INT8 -> bytes[i];
      case UINT8 -> bytes[i] & 0xff;
      case INT16 -> from.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i);
      case UINT16 -> from.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i) & 0xffff;
      case INT32 -> from.get(ValueLayout.JAVA_INT_UNALIGNED, 4L * i);
      case UINT32 -> Integer.toUnsignedLong(from.get(ValueLayout.JAVA_INT_UNALIGNED, 4L * i));
      case INT64, UINT64 -> from.get(ValueLayout.JAVA_LONG_UNALIGNED, 8L * i);
      case FLOAT16 -> Float.float16ToFloat(from.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i));
      case BFLOAT16 -> Float.intBitsToFloat(from.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i) << 16);
      case FLOAT32, COMPLEX64 -> from.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4L * i);
      case FLOAT64 -> from.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 8L * i);
    };
  }

  double largest() {
    double out = 0;
    for (int i = 0; i < size(); i++) {
      out = Double.isNaN(get(i)) ? Double.POSITIVE_INFINITY : Math.max(out, Math.abs(get(i)));
    }
    return out;
  }

  boolean contains(double value) {
    for (int i = 0; i < size(); i++) {
      if (get(i) == value) {
        return true;
      }
    }
    return false;
  }

  double smallest() {
    double out = 0;
    for (int i = 0; i < size(); i++) {
      out = Math.min(out, get(i));
    }
    return out;
  }

  /** {@code null} if equal; within what the dtype can hold for floating ones. */
  String differenceFrom(Host expected) {
    double tolerance = switch (spec.dtype()) {
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> 0;
      case FLOAT16 -> 0x1p-8;
      case BFLOAT16 -> 0x1p-5;
      case FLOAT32, COMPLEX64, FLOAT64 -> 0x1p-17;
    };
    for (int i = 0; i < size(); i++) {
      double e = expected.get(i);
      double a = get(i);
      boolean same = e == a || Double.isNaN(e) && Double.isNaN(a)
          || Math.abs(e - a) <= tolerance * Math.max(Math.abs(e), 1);
      if (!same) {
        return "element " + i + " is " + a + ", expected " + e;
      }
    }
    return null;
  }
}
