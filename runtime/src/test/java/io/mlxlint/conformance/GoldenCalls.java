package io.mlxlint.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A measured call as a call of the array API. */
final class GoldenCalls {

  private GoldenCalls() {}

  static Tolerance tolerance(Golden.Case c) {
    return switch (c.op()) {
      case "bits", "split", "key", "randint", "bernoulli", "permutation" -> Tolerance.EXACT;
      case "uniform" -> Tolerance.EXACT;
      default -> switch (c.file()) {
        case "fast", "matmul", "random" -> Tolerance.CHAIN;
        default -> Tolerance.ROUNDING;
      };
    };
  }

  /** The result: an Array, an Array[] or the int[] of a shape. */
  static Object call(Golden.Case c) {
    List<Array> in = new ArrayList<>();
    for (JsonNode x : c.json().path("in")) {
      in.add(Values.array(x));
    }
    JsonNode args = c.args();
    return switch (c.file()) {
      case "random" -> RandomCalls.call(c.op(), args);
      case "fast" -> FastCalls.call(c, in, args);
      case "conv" -> ConvCalls.call(c.op(), in, args);
      case "create" -> CreationCalls.call(c.op(), in, args);
      case "index_get", "index_set" -> IndexingCalls.call(c, in, args);
      case "reduce", "scan", "sort" -> alongAxes(c, in, args);
      case "shape" -> ShapingCalls.call(c, in, args);
      default -> elementwise(c, in, args);
    };
  }

  private static Object elementwise(Golden.Case c, List<Array> in, JsonNode args) {
    return switch (c.op()) {
      case "round" -> args.has("decimals") ? MX.round(in.get(0), args.get("decimals").asInt())
          : MX.round(in.get(0));
      case "einsum" -> MX.einsum(args.get("subscripts").asText(), in.toArray(Array[]::new));
      case "gather_mm" -> args.has("rhs_indices") ? MX.gatherMm(in.get(0), in.get(1), null, in.get(2))
          : MX.gatherMm(in.get(0), in.get(1), in.get(2), in.get(3));
      case "hadamard_transform" -> args.has("scale")
          ? MX.hadamardTransform(in.get(0), args.get("scale").asDouble()) : MX.hadamardTransform(in.get(0));
      case "from_fp8" -> MX.fromFp8(in.get(0), dtype(args));
      case "view" -> MX.view(in.get(0), Values.dtype(args.get("dtype").asText()));
      case "softmax" -> {
        boolean precise = args.path("precise").asBoolean();
        yield axes(args) == null ? MX.softmax(in.get(0)) : MX.softmax(in.get(0), axes(args), precise);
      }
      case "array_equal" -> MX.arrayEqual(in.get(0), in.get(1), args.path("equal_nan").asBoolean());
      case "isclose" -> MX.isclose(in.get(0), in.get(1), args.path("rtol").asDouble(1e-5),
          args.path("atol").asDouble(1e-8), args.path("equal_nan").asBoolean());
      case "clip" -> clip(in, args);
      case "addmm" -> MX.addmm(in.get(0), in.get(1), in.get(2), args.path("alpha").asDouble(1),
          args.path("beta").asDouble(1));
      case "tensordot" -> {
        JsonNode axes = args.get("axes");
        yield axes.isInt() ? MX.tensordot(in.get(0), in.get(1), axes.asInt())
            : MX.tensordot(in.get(0), in.get(1), Values.ints(axes.get(0)), Values.ints(axes.get(1)));
      }
      case "matmul" -> MX.matmul(in.get(0), in.size() > 1 ? in.get(1) : MX.transpose(in.get(0)));
      case "nan_to_num" -> args.isMissingNode() ? MX.nanToNum(in.get(0))
          : MX.nanToNum(in.get(0), args.get("nan").asDouble(), args.get("posinf").asDouble(),
              args.get("neginf").asDouble());
      default -> mx(c.op(), args, in.toArray());
    };
  }

  private static Array clip(List<Array> in, JsonNode args) {
    Array x = in.get(0);
    JsonNode low = args.get("a_min");
    JsonNode high = args.get("a_max");
    return MX.clip(x, bound(x, low, in, 1), bound(x, high, in, 2));
  }

  /** A bound: a Python number is weak, {@code in[i]} is an operand. */
  private static Array bound(Array x, JsonNode bound, List<Array> in, int place) {
    if (bound.isNull()) {
      return null;
    }
    if (bound.isTextual()) {
      return in.get(Integer.parseInt(bound.asText().replaceAll("\\D", "")));
    }
    if (bound.isObject()) {
      return Values.array(bound);
    }
    return bound.isInt() ? MX.array(bound.asInt(), x.dtype().besideInteger())
        : MX.array(bound.asDouble(), x.dtype().besideFloat());
  }

  private static Object alongAxes(Golden.Case c, List<Array> in, JsonNode args) {
    Array x = in.isEmpty() ? null : in.get(0);
    String note = c.json().path("note").asText();
    if (note.startsWith("input is")) {
      x = MX.full(new int[] {Integer.parseInt(note.split(" ")[2])}, 1, x.dtype());
    }
    boolean keep = args.path("keepdims").asBoolean();
    return switch (c.op()) {
      case "sum", "prod", "min", "max", "mean", "median", "all", "any", "logsumexp", "count_nonzero" -> {
        if (axes(args) != null) {
          yield mx(c.op(), null, x, axes(args), keep);
        }
        yield c.op().equals("logsumexp") ? MX.logsumexp(x, every(x), keep) : mx(c.op(), null, x, keep);
      }
      case "var", "std" -> mx(c.op(), null, x, axes(args) == null ? every(x) : axes(args), keep,
          args.path("ddof").asInt());
      case "argmin", "argmax" -> {
        if (args.path("axis").isArray()) {
          throw new NotImplemented();
        }
        if (args.path("axis").isMissingNode() || args.path("axis").isNull()) {
          yield keep ? mx(c.op(), null, x, true) : mx(c.op(), null, x);
        }
        yield mx(c.op(), null, x, args.get("axis").asInt(), keep);
      }
      case "cumsum", "cumprod", "cummax", "cummin", "logcumsumexp" -> {
        if (args.has("dtype")) {
          yield c.op().equals("cumsum") ? MX.cumsum(x, dtype(args)) : MX.cumprod(x, dtype(args));
        }
        if (c.json().has("kills_process")) {
          yield mx(c.op(), null, MX.zeros(0), 0);
        }
        yield args.has("axis")
            ? mx(c.op(), null, x, args.get("axis").asInt(), args.path("reverse").asBoolean(),
                args.path("inclusive").asBoolean(true))
            : mx(c.op(), null, x);
      }
      case "diff" -> args.isMissingNode() ? MX.diff(x)
          : MX.diff(x, args.get("n").asInt(), args.get("axis").asInt());
      case "searchsorted" -> MX.searchsorted(x, in.get(1), args.get("side").asText());
      // An axis of None is the flattened array.
      case "sort", "argsort" -> c.json().has("kills_process") ? mx(c.op(), null, MX.zeros(0))
          : !args.has("axis") ? mx(c.op(), null, x)
          : args.get("axis").isNull() ? mx(c.op(), null, MX.flatten(x))
          : mx(c.op(), null, x, args.get("axis").asInt());
      case "partition" -> {
        int axis = args.path("axis").asInt(-1);
        int kth = args.get("kth").asInt();
        Array[] both = {MX.partition(x, kth, axis), MX.takeAlongAxis(x, MX.argpartition(x, kth, axis), axis)};
        Array at = MX.array(new int[] {kth});
        yield c.refused() ? both
            : new Array[] {MX.squeeze(MX.take(both[0], at, axis), axis),
                MX.squeeze(MX.take(both[1], at, axis), axis)};
      }
      case "topk" -> !args.has("axis") ? MX.topk(x, args.get("k").asInt())
          : args.get("axis").isNull() ? MX.sort(MX.topk(MX.flatten(x), args.get("k").asInt()))
          : MX.topk(x, args.get("k").asInt(), args.get("axis").asInt());
      default -> mx(c.op(), args, in.toArray());
    };
  }

  static int[] every(Array x) {
    int[] axes = new int[x.ndim()];
    Arrays.setAll(axes, i -> i);
    return axes;
  }

  /** The axes that {@code axis} names, or {@code null} where it is absent or null. */
  static int[] axes(JsonNode args) {
    JsonNode axis = args.path("axis");
    return axis.isMissingNode() || axis.isNull() ? null : Values.ints(axis);
  }

  /** The static of {@link MX} with this MLX name that takes these operands. */
  static Object mx(String name, JsonNode args, Object... operands) {
    if (args != null && !args.isMissingNode() && !args.isEmpty()) {
      throw new NotImplemented();
    }
    String camel = camel(name);
    for (Method m : MX.class.getMethods()) {
      if (m.getName().equals(camel) && accepts(m, operands)) {
        try {
          return m.invoke(null, m.isVarArgs() ? packed(m, operands) : operands);
        } catch (InvocationTargetException e) {
          throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    throw new NotImplemented();
  }

  private static Object[] packed(Method m, Object[] operands) {
    return new Object[] {Arrays.copyOf(operands, operands.length, Array[].class)};
  }

  private static boolean accepts(Method m, Object[] operands) {
    Class<?>[] types = m.getParameterTypes();
    if (m.isVarArgs()) {
      return types.length == 1 && types[0] == Array[].class && Arrays.stream(operands)
          .allMatch(Array.class::isInstance);
    }
    if (types.length != operands.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      Object x = operands[i];
      boolean fits = types[i].isInstance(x) || types[i] == int.class && x instanceof Integer
          || types[i] == boolean.class && x instanceof Boolean || types[i] == double.class && x
          instanceof Double;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static String camel(String name) {
    StringBuilder out = new StringBuilder();
    for (String word : name.split("_")) {
      out.append(out.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return out.toString();
  }

  static DType dtype(JsonNode args) {
    return args.has("dtype") ? Values.dtype(args.get("dtype").asText()) : null;
  }
}
