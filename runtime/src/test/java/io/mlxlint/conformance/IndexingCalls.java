package io.mlxlint.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The calls of index_get.json and index_set.json. */
final class IndexingCalls {

  private IndexingCalls() {}

  static Array call(Golden.Case c, List<Array> in, JsonNode args) {
    if (c.json().has("expr")) {
      return outOfRange(args.get("index").asText());
    }
    Array x = in.get(0);
    return switch (c.op()) {
      case "getitem" -> x.at(isPair(c) ? new Object[] {0, 0} : subscripts(args));
      case "setitem" -> {
        Array copy = MX.reshape(x, x.shape().toArray());
        put(copy, "set", args, in);
        yield copy;
      }
      case "take" -> {
        if (args.path("indices").isInt()) {
          yield MX.take(x, args.get("indices").asInt(), args.get("axis").asInt());
        }
        Array indices = args.has("indices_dtype")
            ? MX.zeros(Values.dtype(args.get("indices_dtype").asText()), 1)
            : args.has("indices") ? nested(args.get("indices")) : in.get(1);
        yield args.path("axis").isInt() ? MX.take(x, indices, args.get("axis").asInt()) : MX.take(x, indices);
      }
      case "take_along_axis" -> {
        Array indices = args.has("indices") ? MX.array(new int[] {0, 1}) : in.get(1);
        yield args.path("axis").isInt() ? MX.takeAlongAxis(x, indices, args.get("axis").asInt())
            : MX.takeAlongAxis(x, indices);
      }
      case "put_along_axis" -> {
        if (args.get("axis").isNull()) {
          yield MX.putAlongAxis(x, MX.array(Values.ints(args.get("indices"))),
              MX.array(doubles(args.get("values"))));
        }
        yield args.has("values")
            ? MX.putAlongAxis(x, in.get(1), args.get("values").asDouble(), args.get("axis").asInt())
            : MX.putAlongAxis(x, in.get(1), in.get(2), args.get("axis").asInt());
      }
      case "at.add", "at.subtract", "at.multiply", "at.divide", "at.maximum", "at.minimum" ->
          put(x, "at" + Character.toUpperCase(c.op().charAt(3)) + c.op().substring(4), args, in);
      default -> throw new NotImplemented();
    };
  }

  /** What reads beyond the array in MLX and is refused here. */
  private static Array outOfRange(String index) {
    Array x = MX.arange(6).astype(DType.FLOAT32);
    return switch (index) {
      case "slice step 0" -> x.at(Index.slice(null, null, 0));
      case "array([6])" -> x.at(MX.array(new int[] {6}));
      default -> x.at(Integer.parseInt(index));
    };
  }

  private static Array put(Array x, String method, JsonNode args, List<Array> in) {
    JsonNode value = args.path("value");
    Object[] subscripts = subscripts(args);
    Class<?> type = value.isMissingNode() ? Array.class
        : value.isBoolean() || value.isInt() ? long.class : double.class;
    Object given;
    if (value.isArray()) {
      // The Java compiler refuses a list as a value.
      throw new NotImplemented();
    }
    if (value.isMissingNode()) {
      given = in.get(1);
    } else if (type == long.class) {
      given = value.isBoolean() ? (value.asBoolean() ? 1L : 0L) : value.asLong();
    } else {
      given = Values.number(value);
    }
    try {
      return (Array) Array.class.getMethod(method, type, Object[].class).invoke(x, given, subscripts);
    } catch (NoSuchMethodException e) {
      throw new NotImplemented();
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file writes the tuple (0, 0) as it writes a list, but as a list MLX would take it. */
  private static boolean isPair(Golden.Case c) {
    return c.refused() && c.args().get("index").isArray() && !c.args().has("tuple");
  }

  private static Object[] subscripts(JsonNode args) {
    JsonNode index = args.get("index");
    List<Object> out = new ArrayList<>();
    if (index.isArray() && (args.path("tuple").asBoolean() || index.isEmpty())) {
      index.forEach(i -> out.add(subscript(i)));
    } else {
      out.add(subscript(index));
    }
    return out.toArray();
  }

  private static Object subscript(JsonNode i) {
    if (i.isInt()) {
      return i.asInt();
    }
    if (i.isNull()) {
      return Index.newAxis();
    }
    if (i.isTextual() && i.asText().equals("...")) {
      return Index.ellipsis();
    }
    if (i.has("slice")) {
      JsonNode s = i.get("slice");
      return Index.slice(bound(s.get(0)), bound(s.get(1)), bound(s.get(2)));
    }
    if (i.has("dtype")) {
      return Values.array(i);
    }
    if (i.isArray()) {
      return Values.ints(i);
    }
    // What is no subscript in MLX is none here.
    if (i.isBoolean()) {
      return i.asBoolean();
    }
    if (i.isDouble()) {
      return i.asDouble();
    }
    if (i.has("numpy")) {
      return Arrays.stream(Values.ints(i.get("numpy"))).asLongStream().toArray();
    }
    throw new NotImplemented();
  }

  /** A list, or a list of lists, of integers. */
  private static Array nested(JsonNode list) {
    if (!list.path(0).isArray()) {
      return MX.array(Values.ints(list));
    }
    List<Array> rows = new ArrayList<>();
    list.forEach(row -> rows.add(nested(row)));
    return MX.stack(rows, 0);
  }

  private static double[] doubles(JsonNode list) {
    double[] out = new double[list.size()];
    Arrays.setAll(out, i -> list.get(i).asDouble());
    return out;
  }

  private static Integer bound(JsonNode x) {
    return x.isNull() ? null : x.asInt();
  }
}
