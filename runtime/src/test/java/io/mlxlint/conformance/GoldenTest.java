package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs every measured case of an operation that the array API has, and prints how many pass. The cases of
 * grad, vmap, compile, nn and optim are expressions and stand in io.mlxlint.golden.
 */
class GoldenTest {
  private static final Map<String, int[]> PASSED = new TreeMap<>();
  private static final Map<String, String> EXCLUSIONS = Golden.exclusions();

  @ParameterizedTest
  @ValueSource(strings = {"unary", "binary", "matmul", "reduce", "scan", "sort", "shape", "create", "index_get",
      "index_set", "conv", "fast", "quant", "linalg", "fft", "random"})
  void agreesWithMlx(String file) {
    List<String> failures = new ArrayList<>();
    Map<String, Integer> missing = new TreeMap<>();
    int passed = 0;
    int excluded = 0;
    List<Golden.Case> cases = Golden.cases(file);
    for (Golden.Case c : cases) {
      if (EXCLUSIONS.containsKey(c.id()) || EXCLUSIONS.containsKey(file + ":" + c.op())) {
        excluded++;
        continue;
      }
      try (var scope = MX.scope()) {
        String failure = failure(c);
        if (failure == null) {
          passed++;
        } else {
          failures.add(c + ": " + failure);
        }
      } catch (NotImplemented e) {
        missing.merge(c.op().isEmpty() ? "(expression)" : c.op(), 1, Integer::sum);
      }
    }
    PASSED.put(file, new int[] {passed, cases.size()});
    System.out.println("golden " + file + ": " + passed + " of " + cases.size() + " cases pass"
        + (excluded > 0 ? ", " + excluded + " excluded" : "")
        + (missing.isEmpty() ? "" : ", not implemented " + missing));
    assertThat(failures).as(failures.size() + " of " + cases.size() + " in " + file).isEmpty();
  }

  @AfterAll
  static void printTotal() {
    int passed = PASSED.values().stream().mapToInt(n -> n[0]).sum();
    int total = PASSED.values().stream().mapToInt(n -> n[1]).sum();
    System.out.println("golden: " + passed + " of " + total + " cases pass");
  }

  private static String failure(Golden.Case c) {
    JsonNode expected = c.json().path("out");
    if (!c.refused() && expected.isMissingNode()) {
      throw new NotImplemented();
    }
    Object result;
    try {
      result = GoldenCalls.call(c);
      if (c.refused()) {
        MX.eval(result);
      }
    } catch (NotImplemented e) {
      throw e;
    } catch (RuntimeException e) {
      return c.refused() ? null : thrown(e);
    }
    if (c.refused()) {
      return "MLX refuses, we accept";
    }
    try {
      return difference(c, expected, result);
    } catch (RuntimeException e) {
      return thrown(e);
    }
  }

  /** Arithmetic that engine java says it does not have is missing, anything else is wrong. */
  private static String thrown(RuntimeException e) {
    if (e instanceof UnsupportedOperationException && e.getMessage().contains("complex64")) {
      throw new NotImplemented();
    }
    return "threw " + e;
  }

  private static String difference(Golden.Case c, JsonNode expected, Object result) {
    Tolerance tolerance = GoldenCalls.tolerance(c);
    if (result instanceof Array a) {
      if (c.json().has("out_sorted")) {
        return Values.difference(c.json().get("out_sorted"), MX.sort(a, c.args().get("axis").asInt()), tolerance);
      }
      return Values.difference(expected, a, tolerance);
    }
    List<Array> parts = Arrays.asList((Array[]) result);
    if (c.op().equals("partition")) {
      // The order inside a partition is open; the element at kth is not.
      String difference = Values.difference(c.json().get("kth_value"), parts.get(0), tolerance);
      return difference != null ? difference
          : Values.difference(c.json().get("argpartition_kth_value"), parts.get(1), tolerance);
    }
    if (parts.size() != expected.size()) {
      return "expected " + expected.size() + " arrays but got " + parts.size();
    }
    for (int i = 0; i < parts.size(); i++) {
      String difference = Values.difference(expected.get(i), parts.get(i), tolerance);
      if (difference != null) {
        return "array " + i + ": " + difference;
      }
    }
    return null;
  }
}
