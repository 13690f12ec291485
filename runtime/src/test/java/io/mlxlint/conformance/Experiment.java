package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** One experiment: what MLX gave, and how often the function ran here. */
final class Experiment {
  private final JsonNode facts;
  private int traces;

  Experiment(JsonNode facts) {
    this.facts = facts;
  }

  JsonNode facts() {
    return facts;
  }

  /** How often the functions compiled here ran so far. */
  int traces() {
    return traces;
  }

  Compiled compile(Functions.Of1 f) {
    return MX.compile((Functions.Of1) a -> {
      traces++;
      return f.apply(a);
    });
  }

  Compiled compileArrays(Functions.OfArrays f) {
    return MX.compileArrays(a -> {
      traces++;
      return f.apply(a);
    });
  }

  Compiled compileNone(Supplier<Array> f) {
    return compileArrays(_ -> new Array[] {f.get()});
  }

  <C> Compiled.With<C> compileWith(Functions.WithConstants<C> f) {
    return MX.compileWith((C c, Array[] a) -> {
      traces++;
      return f.apply(c, a);
    });
  }

  /** Compares with {@code results}, and the traces of each call with {@code traces_per_call}. */
  void calls(List<Supplier<Array>> calls) {
    for (int i = 0; i < calls.size(); i++) {
      int before = traces;
      Agreement.check("call " + i, calls.get(i).get(), facts.get("results").get(i), 2);
      assertThat(traces - before).as("traces of call %d", i)
          .isEqualTo(facts.get("traces_per_call").get(i).asInt());
    }
  }

  void numbers(String field, Array got) {
    numbers(facts.get(field), got);
  }

  void numbers(JsonNode expected, Array got) {
    double[] numbers = new double[expected.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = expected.get(i).asDouble();
    }
    Agreement.checkData(facts.get("experiment").asText(), got.reshape(-1), numbers, 4);
  }

  void refuses(ThrowingCallable call) {
    assertThat(facts.toString()).contains("error");
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GoldenCompileTest.java:");
  }
}
