package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Engines;
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
 * Runs every measured case of an operation and prints how many pass. A case that does not pass must be
 * excluded with a reason, and one that is excluded must not pass. The cases of grad, vmap, compile, nn and
 * optim are expressions and have tests of their own.
 */
class GoldenTest {
  private static final Map<String, int[]> PASSED = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"unary", "binary", "matmul", "reduce", "scan", "sort", "shape", "create",
      "index_get", "index_set", "conv", "fast", "quant", "linalg", "fft", "random"})
  void agreesWithMlx(String file) {
    List<Golden.Case> cases = Golden.cases(file);
    Map<Integer, String> exclusions = Golden.exclusions(file);
    assertThat(exclusions.keySet()).as("places in " + file).allMatch(i -> i < cases.size());
    List<String> failures = new ArrayList<>();
    for (Golden.Case c : cases) {
      boolean excluded = exclusions.containsKey(c.index());
      String failure = failure(c);
      if (failure == null && excluded) {
        failures.add(c + ": passes, but is excluded: " + exclusions.get(c.index()));
      } else if (failure != null && !excluded) {
        failures.add(c + ": " + failure);
      }
    }
    PASSED.put(file, new int[] {cases.size() - exclusions.size(), cases.size()});
    Golden.report(file, cases.size());
    assertThat(failures).as(failures.size() + " of " + cases.size() + " in " + file).isEmpty();
  }

  @AfterAll
  static void printTotal() {
    int passed = PASSED.values().stream().mapToInt(n -> n[0]).sum();
    int total = PASSED.values().stream().mapToInt(n -> n[1]).sum();
    System.out.println("golden on engine " + Engines.current().name() + ": "
        + passed + " of " + total + " cases pass");
  }

  /** What is wrong, or {@code null}. */
  private static String failure(Golden.Case c) {
    JsonNode expected = c.json().path("out");
    try (var scope = MX.scope()) {
      Object result = GoldenCalls.call(c);
      if (c.refused()) {
        MX.eval(result);
        return "MLX refuses, we accept";
      }
      return difference(c, expected, result);
    } catch (NotImplemented e) {
      return "the array API has no such call";
    } catch (NullPointerException | ClassCastException e) {
      return "threw " + e;
    } catch (RuntimeException e) {
      return c.refused() ? null : "threw " + e;
    }
  }

  private static String difference(Golden.Case c, JsonNode expected, Object result) {
    Tolerance tolerance = GoldenCalls.tolerance(c);
    if (result instanceof Array a) {
      if (c.json().has("out_sorted")) {
        return Values.difference(c.json().get("out_sorted"), MX.sort(a, c.args().get("axis").asInt()),
            tolerance);
      }
      return Values.difference(expected, a, tolerance);
    }
    if (result instanceof int[] shape) {
      return Arrays.equals(shape, Values.ints(expected)) ? null : "shape " + Arrays.toString(shape);
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
