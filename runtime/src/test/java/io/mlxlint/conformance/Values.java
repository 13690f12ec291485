package io.mlxlint.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.util.Arrays;
import java.util.Locale;

/** Arrays as the golden files write them, and when two are equal. */
final class Values {

  private Values() {}

  static DType dtype(String name) {
    return DType.valueOf(name.toUpperCase(Locale.ROOT));
  }

  static DType dtype(JsonNode array) {
    return dtype(array.get("dtype").asText());
  }

  static int[] ints(JsonNode list) {
    int[] out = new int[list.isArray() ? list.size() : 1];
    for (int i = 0; i < out.length; i++) {
      out[i] = list.isArray() ? list.get(i).asInt() : list.asInt();
    }
    return out;
  }

  static Array array(JsonNode json) {
    DType dtype = dtype(json);
    JsonNode data = json.get("data");
    int n = data.size();
    Array flat;
    if (dtype.isComplex()) {
      float[] parts = new float[2 * n];
      for (int i = 0; i < n; i++) {
        parts[2 * i] = (float) number(data.get(i).get(0));
        parts[2 * i + 1] = (float) number(data.get(i).get(1));
      }
      flat = MX.view(MX.array(parts), DType.COMPLEX64);
    } else if (dtype.isFloating()) {
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] = element(json, dtype, i);
      }
      flat = MX.array(values, dtype);
    } else {
      long[] values = new long[n];
      for (int i = 0; i < n; i++) {
        values[i] = whole(data.get(i));
      }
      flat = MX.array(values, dtype);
    }
    return MX.reshape(flat, ints(json.get("shape")));
  }

  static Array[] arrays(JsonNode list) {
    Array[] out = new Array[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = array(list.get(i));
    }
    return out;
  }

  /** A GPU has no float64. */
  static boolean isSupported(DType dtype) {
    return dtype != DType.FLOAT64 || MX.defaultDevice().equals(MX.cpu);
  }

  /** The elements as the file writes them. */
  static double[] doubles(JsonNode array) {
    JsonNode data = array.get("data");
    double[] out = new double[data.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = number(data.get(i));
    }
    return out;
  }

  private static long whole(JsonNode x) {
    return x.isBoolean() ? (x.asBoolean() ? 1 : 0) : x.bigIntegerValue().longValue();
  }

  static double number(JsonNode x) {
    if (x.isBoolean()) {
      return x.asBoolean() ? 1 : 0;
    }
    return switch (x.asText()) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> x.asDouble();
    };
  }

  /** Element i exactly: the files write a float32 as the shortest decimal, the halves as bits. */
  private static double element(JsonNode array, DType dtype, int i) {
    return switch (dtype) {
      case FLOAT16 -> Float.float16ToFloat((short) array.get("bits").get(i).asInt());
      case BFLOAT16 -> Float.intBitsToFloat(array.get("bits").get(i).asInt() << 16);
      case FLOAT64 -> number(array.get("data").get(i));
      default -> (float) number(array.get("data").get(i));
    };
  }

  /** What differs, or {@code null}. */
  static String difference(JsonNode expected, Array actual, Tolerance tolerance) {
    if (expected.isArray()) {
      return differs(expected, actual);
    }
    DType dtype = dtype(expected);
    String shape = Arrays.toString(ints(expected.get("shape")));
    if (actual.dtype() != dtype || !actual.shape().toString().equals(shape)) {
      return "expected " + dtype + shape + " but got " + actual.dtype() + actual.shape();
    }
    JsonNode data = expected.get("data");
    if (dtype.isComplex()) {
      float[] parts = data.isEmpty() ? new float[0] : MX.view(MX.atleast1d(actual), DType.FLOAT32)
          .toFloatArray();
      for (int i = 0; i < parts.length; i++) {
        double e = (float) number(data.get(i / 2).get(i % 2));
        if (!tolerance.accepts(DType.FLOAT32, e, parts[i])) {
          return "element " + i / 2 + " part " + i % 2 + ": expected " + e + " but got " + parts[i];
        }
      }
      return null;
    }
    if (dtype.isFloating()) {
      double[] values = actual.toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        double e = element(expected, dtype, i);
        if (!tolerance.accepts(dtype, e, values[i])) {
          return "element " + i + ": expected " + e + " but got " + values[i];
        }
      }
      return null;
    }
    return differs(data, actual);
  }

  private static String differs(JsonNode data, Array actual) {
    long[] values = MX.astype(actual, actual.dtype() == DType.UINT64 ? DType.UINT64 : DType.INT64)
        .toLongArray();
    if (values.length != data.size()) {
      return "expected " + data.size() + " elements but got " + values.length;
    }
    for (int i = 0; i < values.length; i++) {
      if (whole(data.get(i)) != values[i]) {
        return "element " + i + ": expected " + data.get(i) + " but got " + values[i];
      }
    }
    return null;
  }
}
