package io.mlxlint.mx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlxlint.op.DType;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The result dtypes that were measured on MLX, for every pair of dtypes and for weak scalars on either side.
 */
class PromotionTest {
  private static JsonNode measured;
  private static List<DType> dtypes;
  private static int compared;

  private final RecordingEngine engine = new RecordingEngine();
  private final List<String> wrong = new ArrayList<>();

  private static final Map<String, String> OPERATORS = Map.ofEntries(
      Map.entry("+", "add"), Map.entry("-", "subtract"), Map.entry("*", "multiply"), Map.entry("/", "divide"),
      Map.entry("//", "floor_divide"), Map.entry("%", "remainder"), Map.entry("**", "power"),
      Map.entry("@", "matmul"), Map.entry("<", "less"), Map.entry("==", "equal"), Map.entry("&",
          "bitwise_and"),
      Map.entry("|", "bitwise_or"), Map.entry("^", "bitwise_xor"), Map.entry("<<", "left_shift"),
      Map.entry(">>", "right_shift"));

  private final Map<String, BiFunction<Array, Array, Object>> special = new HashMap<>(Map.of(
      "where", (a, b) -> MX.where(MX.array(new boolean[][] {{true, false}, {false, true}}), a, b),
      "concatenate", (a, b) -> MX.concatenate(a, b),
      "stack", (a, b) -> MX.stack(a, b),
      "addmm", (a, b) -> MX.addmm(a, b, b),
      "clip_minmax", (a, b) -> MX.clip(a, b, b),
      "tensordot", (a, b) -> MX.tensordot(a, b, 1),
      "put_along_axis_value", (a, b) -> MX.putAlongAxis(a, MX.zeros(MX.int32, 2, 2), b, 0),
      "at_add_value", (a, b) -> a.atAdd(b, 0),
      "setitem_value", (a, b) -> {
        Array c = a.at(Index.all());
        c.set(b.at(0), 0);
        return c;
      },
      "result_type", (a, b) -> MX.resultType(a, b)));

  {
    special.put("einsum", (a, b) -> MX.einsum("ij,jk->ik", a, b));
    special.put("conv1d", (a, b) -> MX.conv1d(MX.reshape(a, 1, 2, 2), MX.reshape(b, 1, 2, 2)));
  }

  @BeforeAll
  static void read() throws IOException {
    measured = new ObjectMapper().readTree(PromotionTest.class.getResource("/golden/promotion.json"));
    dtypes = new ArrayList<>();
    measured.get("dtypes").forEach(d -> dtypes.add(DType.valueOf(d.asText().toUpperCase(Locale.ROOT))));
  }

  @AfterAll
  static void count() {
    System.out.println("promotion: " + compared + " dtypes compared with MLX");
  }

  @Test
  void twoArrays() {
    measured.get("array_array").fields().forEachRemaining(op -> {
      String name = OPERATORS.getOrDefault(op.getKey(), op.getKey());
      BiFunction<Array, Array, Object> call = special.get(name);
      BiFunction<Array, Array, Object> f = call != null ? call : (a, b) -> invoke(name, a, b);
      for (int i = 0; i < dtypes.size(); i++) {
        for (int j = 0; j < dtypes.size(); j++) {
          DType x = dtypes.get(i);
          DType y = dtypes.get(j);
          check(op.getKey() + " " + x + " " + y, op.getValue().get(i).get(j).asText(), () ->
              f.apply(MX.ones(x, 2, 2), MX.ones(y, 2, 2)));
        }
      }
    });
    assertThat(wrong).isEmpty();
  }

  @Test
  void arrayAndScalar() {
    measured.get("array_scalar").fields().forEachRemaining(op -> op.getValue().fields().forEachRemaining(
        row -> {
      DType x = DType.valueOf(row.getKey().toUpperCase(Locale.ROOT));
      row.getValue().fields().forEachRemaining(s -> scalar(op.getKey(), x, s.getKey(),
          s.getValue().asText(), true));
    }));
    assertThat(wrong).isEmpty();
  }

  @Test
  void scalarAndArray() {
    measured.get("scalar_array").fields().forEachRemaining(op -> op.getValue().fields().forEachRemaining(
        row ->
        row.getValue().fields().forEachRemaining(x -> scalar(op.getKey(),
            DType.valueOf(x.getKey().toUpperCase(Locale.ROOT)), row.getKey(), x.getValue().asText(),
                false))));
    assertThat(wrong).isEmpty();
  }

  @Test
  void arraysOfTwoScalars() {
    measured.get("scalar_scalar").fields().forEachRemaining(op -> op.getValue().fields().forEachRemaining(
        row ->
        row.getValue().fields().forEachRemaining(s -> {
          if (!row.getKey().equals("complex") && !s.getKey().equals("complex")) {
            check(op.getKey() + " " + row.getKey() + " " + s.getKey(), s.getValue().asText(), () ->
                invoke(op.getKey(), strong(row.getKey()), strong(s.getKey())));
          }
        })));
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatMayBeCast() {
    for (DType from : dtypes) {
      TreeSet<String> may = new TreeSet<>();
      dtypes.stream().filter(to -> MX.canCast(from, to)).forEach(to -> may.add(to.mlxName()));
      TreeSet<String> expected = new TreeSet<>();
      measured.get("can_cast").get(from.mlxName()).forEach(d -> expected.add(d.asText()));
      assertThat(may).as(from.toString()).isEqualTo(expected);
    }
  }

  /**
   * A Java program cannot write a complex scalar; every other kind is compared or listed as missing. A
   * TypeError is Python's syntax refusing, not MLX: some of its operators have no form with the scalar on the
   * left.
   */
  private void scalar(String operator, DType x, String kind, String expected, boolean right) {
    String name = OPERATORS.getOrDefault(operator, operator);
    if (kind.equals("complex") || expected.startsWith("error:TypeError")) {
      return;
    }
    boolean refused = expected.startsWith("error");
    check(operator + " " + x + " " + kind + (right ? " right" : " left"), expected, () -> {
      Array a = MX.ones(x, 2, 2);
      Object value = switch (kind) {
        case "bool" -> MX.array(true);
        case "float" -> 1.5;
        case "int" -> 2L;
        case "int_big" -> 1L << 33;
        case "int_neg" -> -1L;
        default -> throw new AssertionError(kind);
      };
      return switch (name) {
        case "where" -> right ? invoke(name, MX.array(true), a, value)
            : invoke(name, MX.array(true), value, a);
        case "clip_minmax" -> invoke("clip", a, value, value);
        case "at_add_value" -> value instanceof Array v ? a.atAdd(v, 0)
            : value instanceof Double d ? a.atAdd(d, 0) : a.atAdd((long) (Long) value, 0);
        case "setitem_value" -> {
          switch (value) {
            case Array v -> a.set(v, 0);
            case Double d -> a.set((double) d, 0);
            default -> a.set((long) (Long) value, 0);
          }
          yield a;
        }
        default -> {
          Object result = right ? invoke(name, a, value) : invoke(name, value, a);
          yield result == null && refused ? expected : result;
        }
      };
    });
  }

  private static Array strong(String kind) {
    return switch (kind) {
      case "bool" -> MX.array(true);
      case "int" -> MX.array(2);
      case "float" -> MX.array(1.5);
      case "int_big" -> MX.array(1L << 33);
      case "int_neg" -> MX.array(-1);
      default -> throw new AssertionError(kind);
    };
  }

  /** Calls the overload of the API that javac would choose; {@code null} if there is none. */
  private static Object invoke(String name, Object... arguments) {
    Class<?>[] types = Arrays.stream(arguments).map(a -> a instanceof Array ? Array.class
        : a instanceof Double ? double.class : long.class).toArray(Class<?>[]::new);
    String camel = Arrays.stream(name.split("_")).reduce((a, b) ->
        a + Character.toUpperCase(b.charAt(0)) + b.substring(1)).orElseThrow();
    try {
      Method method = MX.class.getMethod(camel, types);
      return method.invoke(null, arguments);
    } catch (NoSuchMethodException e) {
      return null;
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private interface Call {
    Object call();
  }

  private void check(String what, String expected, Call call) {
    compared++;
    String actual;
    try {
      Object result = Engines.with(engine, call::call);
      actual = switch (result) {
        case Array a -> a.dtype().mlxName();
        case Array[] both -> both[0].dtype().mlxName();
        case DType d -> d.mlxName();
        case String same -> same;
        case null, default -> "no overload";
      };
    } catch (IllegalArgumentException e) {
      actual = "error";
    }
    String wanted = expected.startsWith("error") ? "error" : expected.replaceAll("[|].*", "");
    if (!actual.equals(wanted) && !(wanted.equals("error") && actual.startsWith("error"))) {
      wrong.add(what + ": " + actual + ", MLX " + expected);
    }
  }
}
