package io.mlxlint.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results measured on MLX: the files under {@code golden/} name the version and the device. */
final class Golden {

  private Golden() {}

  static JsonNode file(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reasons of the cases of a file that are not translated, by their place in it. */
  static Map<Integer, String> exclusions(String file) {
    Map<Integer, String> out = new HashMap<>();
    for (JsonNode entry : file("exclusions")) {
      for (JsonNode id : entry.get("cases")) {
        if (id.asText().startsWith(file + "#")) {
          out.put(Integer.valueOf(id.asText().substring(file.length() + 1)), entry.get("reason").asText());
        }
      }
    }
    return out;
  }

  /** Says how many cases of a file are translated; each has its own test, so these are the ones that pass. */
  static void report(String file, int total) {
    int excluded = exclusions(file).size();
    System.out.println("golden " + file + ": " + (total - excluded) + " of " + total + " cases are tested, "
        + excluded + " excluded");
  }

  static DType dtype(JsonNode array) {
    return DType.valueOf(array.get("dtype").asText().toUpperCase(Locale.ROOT));
  }

  static int[] shape(JsonNode array) {
    return ints(array.get("shape"));
  }

  static int[] ints(JsonNode list) {
    int[] out = new int[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = list.get(i).asInt();
    }
    return out;
  }

  static Array array(JsonNode array) {
    DType dtype = dtype(array);
    return dtype.isInteger() && dtype.itemSize() > 2
        ? MX.array(longs(array), dtype).reshape(shape(array))
        : MX.array(doubles(array), dtype).reshape(shape(array));
  }

  static Array[] arrays(JsonNode list) {
    Array[] out = new Array[list.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = array(list.get(i));
    }
    return out;
  }

  private static long[] longs(JsonNode array) {
    JsonNode data = array.get("data");
    long[] out = new long[data.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = data.get(i).bigIntegerValue().longValue();
    }
    return out;
  }

  static double[] doubles(JsonNode array) {
    JsonNode data = array.get("data");
    double[] out = new double[data.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = number(data.get(i));
    }
    return out;
  }

  static double number(JsonNode n) {
    return switch (n.asText()) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "true" -> 1;
      case "false" -> 0;
      default -> n.asDouble();
    };
  }

  /** Equal up to a few units in the last place of the dtype, relative to the largest magnitude in the array. */
  static void check(String what, Array got, JsonNode expected, double ulps) {
    assertThat(got.dtype()).as("%s: dtype", what).isEqualTo(dtype(expected));
    assertThat(got.shape().toArray()).as("%s: shape", what).isEqualTo(shape(expected));
    checkData(what, got, doubles(expected), ulps);
  }

  static void checkData(String what, Array got, double[] expected, double ulps) {
    double unit = switch (got.dtype()) {
      case FLOAT16 -> 0x1p-10;
      case BFLOAT16 -> 0x1p-7;
      case FLOAT32, COMPLEX64 -> 0x1p-23;
      case FLOAT64 -> 0x1p-52;
      default -> 0;
    };
    double[] values = values(got);
    assertThat(values.length).as("%s: size", what).isEqualTo(expected.length);
    double scale = 0;
    for (double e : expected) {
      scale = Double.isFinite(e) ? Math.max(scale, Math.abs(e)) : scale;
    }
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      boolean same = Double.isNaN(expected[i]) ? Double.isNaN(values[i])
          : expected[i] == values[i] || Math.abs(expected[i] - values[i]) <= ulps * unit * Math.max(scale, 1e-3);
      if (!same) {
        wrong.add("[" + i + "] " + values[i] + " instead of " + expected[i]);
      }
    }
    if (!wrong.isEmpty()) {
      fail(what + ": " + String.join(", ", wrong));
    }
  }

  private static double[] values(Array a) {
    if (a.dtype().isInteger() || a.dtype() == DType.BOOL) {
      long[] longs = a.astype(DType.INT64).toLongArray();
      double[] out = new double[longs.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = longs[i];
      }
      return out;
    }
    return a.toDoubleArray();
  }
}
