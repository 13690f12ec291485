package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Tree;
import io.mlxlint.mx.optim.AdaDelta;
import io.mlxlint.mx.optim.Adafactor;
import io.mlxlint.mx.optim.Adagrad;
import io.mlxlint.mx.optim.Adam;
import io.mlxlint.mx.optim.AdamW;
import io.mlxlint.mx.optim.Adamax;
import io.mlxlint.mx.optim.Lion;
import io.mlxlint.mx.optim.Muon;
import io.mlxlint.mx.optim.Optimizer;
import io.mlxlint.mx.optim.RMSprop;
import io.mlxlint.mx.optim.SGD;
import io.mlxlint.mx.optim.Schedules;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Three steps of each optimizer as on MLX: parameters, learning rate and state. */
class GoldenOptimTest {
  private static final JsonNode FILE = Golden.file("optim");
  private static final JsonNode CASES = FILE.get("cases");
  private static final Map<String, Supplier<Optimizer>> OPTIMIZERS = new HashMap<>();
  private static final Map<String, Functions.Of1> SCHEDULES = new LinkedHashMap<>();

  private static final Map<Integer, String> EXCLUDED = Golden.exclusions("optim");

  static {
    OPTIMIZERS.put("SGD(0.1)", () -> new SGD(0.1));
    OPTIMIZERS.put("SGD(0.1,momentum=0.9)", () -> new SGD(0.1, new SGD.Options(0.9, 0, 0, false)));
    OPTIMIZERS.put("SGD(0.1,momentum=0.9,nesterov=True)",
        () -> new SGD(0.1, new SGD.Options(0.9, 0, 0, true)));
    OPTIMIZERS.put("SGD(0.1,momentum=0.9,dampening=0.5)",
        () -> new SGD(0.1, new SGD.Options(0.9, 0, 0.5, false)));
    OPTIMIZERS.put("SGD(0.1,weight_decay=0.01)", () -> new SGD(0.1, new SGD.Options(0, 0.01, 0, false)));
    OPTIMIZERS.put("SGD(0.1,momentum=0.9,weight_decay=0.01)",
        () -> new SGD(0.1, new SGD.Options(0.9, 0.01, 0, false)));
    OPTIMIZERS.put("SGD(nesterov without momentum)", () -> new SGD(0.1, new SGD.Options(0, 0, 0, true)));
    OPTIMIZERS.put("Adam(0.1)", () -> new Adam(0.1));
    OPTIMIZERS.put("Adam(0.1,bias_correction=True)",
        () -> new Adam(0.1, new Adam.Options(0.9, 0.999, 1e-8, true)));
    OPTIMIZERS.put("Adam(0.1,betas=[0.5,0.9],eps=1e-3)",
        () -> new Adam(0.1, new Adam.Options(0.5, 0.9, 1e-3, false)));
    OPTIMIZERS.put("AdamW(0.1)", () -> new AdamW(0.1));
    OPTIMIZERS.put("AdamW(0.1,weight_decay=0.1,bias_correction=True)",
        () -> new AdamW(0.1, new Adam.Options(0.9, 0.999, 1e-8, true), 0.1));
    OPTIMIZERS.put("Lion(0.1)", () -> new Lion(0.1));
    OPTIMIZERS.put("Lion(0.1,betas=[0.5,0.9],weight_decay=0.1)",
        () -> new Lion(0.1, new Lion.Options(0.5, 0.9, 0.1)));
    OPTIMIZERS.put("Adamax(0.1)", () -> new Adamax(0.1));
    OPTIMIZERS.put("Adagrad(0.1)", () -> new Adagrad(0.1));
    OPTIMIZERS.put("AdaDelta(1.0)", () -> new AdaDelta(1));
    OPTIMIZERS.put("RMSprop(0.1)", () -> new RMSprop(0.1));
    OPTIMIZERS.put("RMSprop(0.1,alpha=0.5,eps=1e-3)", () -> new RMSprop(0.1, new RMSprop.Options(0.5, 1e-3)));
    OPTIMIZERS.put("Adafactor()", Adafactor::new);
    OPTIMIZERS.put("Adafactor(0.1,relative_step=False,scale_parameter=False)", () -> new Adafactor(0.1,
        new Adafactor.Options(1e-30, 1e-3, 1, -0.8, 0, 0, false, false, false)));
    OPTIMIZERS.put("Adafactor(0.1,relative_step=False,beta_1=0.9,weight_decay=0.01)", () -> new Adafactor(0.1,
        new Adafactor.Options(1e-30, 1e-3, 1, -0.8, 0.9, 0.01, true, false, false)));
    OPTIMIZERS.put("Muon(0.1)", () -> new Muon(0.1));
    OPTIMIZERS.put("Adam(schedule exponential_decay(0.1,0.5))",
        () -> new Adam(Schedules.exponentialDecay(0.1, 0.5)));
    OPTIMIZERS.put("SGD(schedule linear_schedule(0,0.3,3))",
        () -> new SGD(Schedules.linearSchedule(0, 0.3, 3)));

    SCHEDULES.put("exponential_decay(0.1,0.9)", Schedules.exponentialDecay(0.1, 0.9));
    SCHEDULES.put("step_decay(0.1,0.5,3)", Schedules.stepDecay(0.1, 0.5, 3));
    SCHEDULES.put("cosine_decay(0.1,8)", Schedules.cosineDecay(0.1, 8));
    SCHEDULES.put("cosine_decay(0.1,8,end=0.01)", Schedules.cosineDecay(0.1, 8, 0.01));
    SCHEDULES.put("linear_schedule(0,0.1,5)", Schedules.linearSchedule(0, 0.1, 5));
    SCHEDULES.put("linear_schedule(0.1,0.0,5)", Schedules.linearSchedule(0.1, 0, 5));
    SCHEDULES.put("join_schedules([linear_schedule(0,0.1,3),cosine_decay(0.1,6)],[4])",
        Schedules.joinSchedules(
            new Functions.Of1[] {Schedules.linearSchedule(0, 0.1, 3), Schedules.cosineDecay(0.1, 6)}, 4));
  }

  @TestFactory
  Stream<DynamicTest> steps() {
    return IntStream.range(0, CASES.size()).mapToObj(CASES::get)
        .filter(c -> OPTIMIZERS.containsKey(c.get("optimizer").asText()))
        .map(c -> DynamicTest.dynamicTest(c.get("optimizer").asText() + " " + c.get("dtype").asText(),
            () -> check(c)));
  }

  private static void check(JsonNode c) {
    Supplier<Optimizer> make = OPTIMIZERS.get(c.get("optimizer").asText());
    if (c.has("error")) {
      assertThatThrownBy(make::get).isInstanceOf(IllegalArgumentException.class);
      return;
    }
    Optimizer optimizer = make.get();
    Map<String, Array> parameters = arrays(c.get("params0"));
    // MLX's SGD adds the decay to the gradient in place, so these cases were written with the sum
    boolean isSum = c.get("optimizer").asText().matches("SGD.*weight_decay.*");
    int n = 0;
    for (JsonNode step : c.get("steps")) {
      optimizer.update(parameters, arrays((isSum ? CASES.get(0).get("steps").get(n) : step).get("grads")));
      for (var expected : step.get("params").properties()) {
        Agreement.check("step " + n + " " + expected.getKey(), parameters.get(expected.getKey()),
            expected.getValue(), 8);
      }
      if (optimizer.learningRate() != null) {
        assertThat(optimizer.learningRate().item()).isCloseTo(step.get("learning_rate").asDouble(),
            within(1e-7));
      }
      n++;
    }
    Map<String, Array> state = Tree.of(optimizer).leaves();
    for (var expected : c.get("state_after").properties()) {
      assertThat(state).containsKey(expected.getKey());
      Agreement.check(expected.getKey(), state.get(expected.getKey()), expected.getValue(), 8);
    }
  }

  private static Map<String, Array> arrays(JsonNode named) {
    Map<String, Array> out = new LinkedHashMap<>();
    named.properties().forEach(e -> out.put(e.getKey(), Values.array(e.getValue())));
    return out;
  }

  @TestFactory
  Stream<DynamicTest> schedules() {
    return SCHEDULES.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
      for (JsonNode s : FILE.get("schedules")) {
        if (s.get("schedule").asText().equals(e.getKey())) {
          for (int i = 0; i < s.get("steps").size(); i++) {
            Array rate = e.getValue().apply(MX.array(s.get("steps").get(i).asInt()));
            assertThat(rate.item()).as("step %d", i).isCloseTo(s.get("values").get(i).asDouble(),
                within(2e-8));
          }
          return;
        }
      }
      throw new AssertionError("no schedule " + e.getKey());
    }));
  }

  @Test
  void gradientsAreClippedTogether() {
    JsonNode c = FILE.get("clip_grad_norm").get(0);
    for (JsonNode clip : FILE.get("clip_grad_norm")) {
      Optimizer.Clipped out = Optimizer.clipGradNorm(arrays(c.get("grads")), clip.get("max_norm").asDouble());
      Agreement.check("norm", out.norm(), clip.get("norm"), 4);
      clip.get("clipped").properties()
          .forEach(e -> Agreement.check(e.getKey(), out.gradients().get(e.getKey()), e.getValue(), 4));
    }
  }

  @Test
  void everyCaseIsTranslatedOrExcluded() {
    TreeSet<String> open = new TreeSet<>();
    for (int i = 0; i < CASES.size(); i++) {
      String name = CASES.get(i).get("optimizer").asText();
      if (!OPTIMIZERS.containsKey(name) && !EXCLUDED.containsKey(i)) {
        open.add(name);
      }
    }
    for (JsonNode s : FILE.get("schedules")) {
      if (!SCHEDULES.containsKey(s.get("schedule").asText())) {
        open.add(s.get("schedule").asText());
      }
    }
    assertThat(open).isEmpty();
    Golden.report("optim", CASES.size());
  }

  @Test
  void clippingKeepsHalfPrecision() {
    Map<String, Array> gradients = Map.of("w", MX.ones(4).astype(MX.float16));
    Optimizer.Clipped clipped = Optimizer.clipGradNorm(gradients, 1.0);
    assertThat(clipped.gradients().get("w").dtype()).isEqualTo(MX.float16);
    assertThat(clipped.norm().dtype()).isEqualTo(MX.float16);
  }
}
