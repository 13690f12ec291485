package io.mlxlint.mx;

import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Arrays from Java's primitives, also in nested Java arrays. */
final class HostValues {

  private HostValues() {}

  static Array scalar(double value, DType dtype) {
    return Weak.scalar(Engines.current(), dtype, value);
  }

  static Array scalar(long value, DType dtype) {
    return Weak.scalar(Engines.current(), dtype, value);
  }

  /** {@code values} is a Java array of primitives, or of such arrays, all of one shape. */
  static Array array(Object values, DType dtype) {
    int[] dims = dimensions(values);
    Shape shape = Shape.of(dims);
    MemorySegment data = Elements.allocate(dtype, shape.size());
    fill(data, dtype, values, dims, 0, 0);
    return Array.constant(Engines.current(), new Spec(shape, dtype), data);
  }

  static Array array(List<? extends Number> values) {
    // Object, since a list without type arguments may hold anything
    boolean isFloating = false;
    boolean isLong = false;
    for (Object value : values) {
      isFloating |= value instanceof Double || value instanceof Float;
      isLong |= value instanceof Long;
      if (!(value instanceof Integer || value instanceof Long || value instanceof Short
          || value instanceof Byte || value instanceof Double || value instanceof Float)) {
        throw new IllegalArgumentException("array: a list with "
            + (value == null ? "null" : "a " + value.getClass().getSimpleName())
            + ", not only Java's numbers");
      }
    }
    return isFloating || values.isEmpty()
        ? array(values.stream().mapToDouble(Number::doubleValue).toArray(), DType.FLOAT32)
        : array(values.stream().mapToLong(Number::longValue).toArray(), isLong ? DType.INT64 : DType.INT32);
  }

  private static int[] dimensions(Object values) {
    List<Integer> dims = new ArrayList<>();
    Object part = values;
    while (part != null && part.getClass().isArray()) {
      int n = length(part);
      dims.add(n);
      if (!(part instanceof Object[] parts)) {
        break;
      }
      part = n == 0 ? java.lang.reflect.Array.newInstance(part.getClass().componentType().componentType(), 0)
          : parts[0];
    }
    return dims.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int length(Object values) {
    return java.lang.reflect.Array.getLength(values);
  }

  private static long fill(MemorySegment to, DType dtype, Object values, int[] dims, int d, long at) {
    if (length(values) != dims[d]) {
      throw new IllegalArgumentException("array: a part of length " + length(values)
          + " in dimension " + d + ", the first has " + dims[d]);
    }
    long i = at;
    switch (values) {
      case Object[] parts -> {
        for (Object part : parts) {
          i = fill(to, dtype, part, dims, d + 1, i);
        }
      }
      case float[] v -> {
        for (float x : v) {
          Elements.put(to, dtype, i++, (double) x);
        }
      }
      case double[] v -> {
        for (double x : v) {
          Elements.put(to, dtype, i++, x);
        }
      }
      case int[] v -> {
        for (int x : v) {
          Elements.put(to, dtype, i++, (long) x);
        }
      }
      case long[] v -> {
        for (long x : v) {
          Elements.put(to, dtype, i++, x);
        }
      }
      case short[] v -> {
        for (short x : v) {
          Elements.put(to, dtype, i++, (long) x);
        }
      }
      case byte[] v -> {
        for (byte x : v) {
          Elements.put(to, dtype, i++, (long) x);
        }
      }
      case boolean[] v -> {
        for (boolean x : v) {
          Elements.put(to, dtype, i++, x ? 1L : 0L);
        }
      }
      default -> throw new IllegalArgumentException("array: no numbers but " + values.getClass());
    }
    return i;
  }
}
