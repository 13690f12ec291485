package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.AvgPool2d;
import io.mlxlint.mx.nn.BatchNorm;
import io.mlxlint.mx.nn.Dropout2d;
import io.mlxlint.mx.nn.GRU;
import io.mlxlint.mx.nn.GroupNorm;
import io.mlxlint.mx.nn.Init;
import io.mlxlint.mx.nn.InstanceNorm;
import io.mlxlint.mx.nn.LSTM;
import io.mlxlint.mx.nn.MaxPool1d;
import io.mlxlint.mx.nn.MaxPool2d;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.nn.RNN;
import io.mlxlint.mx.nn.SinusoidalPositionalEncoding;
import io.mlxlint.mx.nn.TransformerEncoder;
import io.mlxlint.mx.nn.Upsample;
import io.mlxlint.mx.nn.Upsample.Mode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Layers as on MLX from the seed on: their first weights, results, gradients by weights and input, and
 * running statistics; and {@link Init}.
 */
class LayersTest {
  private static final JsonNode FILE = Golden.file("layers");
  private static final Map<String, Supplier<Module>> LAYERS = new HashMap<>();
  private static final Map<String, Functions.Of1> INITS = new HashMap<>();

  static {
    LAYERS.put("RNN(2,3)", () -> new RNN(2, 3));
    LAYERS.put("GRU(2,3)", () -> new GRU(2, 3));
    LAYERS.put("GRU(2,3) from a hidden state", () -> new GRU(2, 3));
    LAYERS.put("LSTM(2,3)", () -> new LSTM(2, 3));
    LAYERS.put("LSTM(2,3) from states", () -> new LSTM(2, 3));
    LAYERS.put("BatchNorm(3) of images", () -> new BatchNorm(3));
    LAYERS.put("BatchNorm(3) of images, not training", () -> new BatchNorm(3).eval());
    LAYERS.put("BatchNorm(2,affine=False,track_running_stats=False)",
        () -> new BatchNorm(2, 1e-5, 0.1, false, false).eval());
    LAYERS.put("GroupNorm(2,4) of images", () -> new GroupNorm(2, 4));
    LAYERS.put("GroupNorm(2,4,pytorch_compatible) of images",
        () -> new GroupNorm(2, 4, 1e-5, true, true));
    LAYERS.put("InstanceNorm(2) of images", () -> new InstanceNorm(2));
    LAYERS.put("MaxPool1d(3,stride=2)", () -> new MaxPool1d(3, 2, 0));
    LAYERS.put("MaxPool2d(3,stride=2,padding=1)", () -> new MaxPool2d(3, 2, 1));
    LAYERS.put("MaxPool2d(2)", () -> new MaxPool2d(2));
    LAYERS.put("AvgPool2d((2,3),stride=(1,2),padding=(1,0))",
        () -> new AvgPool2d(new int[] {2, 3}, new int[] {1, 2}, new int[] {1, 0}));
    LAYERS.put("Upsample((1.5,2.5),'nearest')",
        () -> new Upsample(new double[] {1.5, 2.5}, Mode.NEAREST, false));
    LAYERS.put("Upsample(0.5,'nearest')", () -> new Upsample(0.5));
    LAYERS.put("Upsample((1.5,2),'linear')", () -> new Upsample(new double[] {1.5, 2}, Mode.LINEAR, false));
    LAYERS.put("Upsample(2.5,'cubic')", () -> new Upsample(2.5, Mode.CUBIC, false));
    LAYERS.put("Upsample(2,'cubic',align_corners)", () -> new Upsample(2, Mode.CUBIC, true));
    LAYERS.put("Dropout2d(0.4) of one image", () -> new Dropout2d(0.4));
    LAYERS.put("SinusoidalPositionalEncoding(6,cos_first,full_turns)",
        () -> new SinusoidalPositionalEncoding(6, 0.01, 2, 1, true, true));
    LAYERS.put("TransformerEncoder(2,4,2,8)", () -> new TransformerEncoder(2, 4, 2, 8, 0, NN::relu, true));
    INITS.put("constant(0.5)", Init.constant(0.5));
    INITS.put("normal(1,2)", Init.normal(1, 2));
    INITS.put("uniform(-1,3)", Init.uniform(-1, 3));
    INITS.put("identity()", Init.identity());
    INITS.put("glorot_normal()", Init.glorotNormal());
    INITS.put("glorot_uniform()(gain=2)", Init.glorotUniform(2));
    INITS.put("he_normal()", Init.heNormal());
    INITS.put("he_uniform()", Init.heUniform());
  }

  @TestFactory
  Stream<DynamicTest> layers() {
    return cases("layers").map(c -> DynamicTest.dynamicTest(c.get("layer").asText(), () -> check(c)));
  }

  @TestFactory
  Stream<DynamicTest> inits() {
    return cases("inits").map(c -> DynamicTest.dynamicTest(c.get("init").asText(), () -> {
      Random.seed(1);
      Array got = INITS.get(c.get("init").asText()).apply(MX.zeros(Values.ints(c.get("shape"))));
      Agreement.check(c.get("init").asText(), got, c.get("out"), 8);
    }));
  }

  private static Stream<JsonNode> cases(String name) {
    return StreamSupport.stream(FILE.get(name).spliterator(), false);
  }

  private static void check(JsonNode c) {
    String name = c.get("layer").asText();
    Random.seed(1);
    Module layer = LAYERS.get(name).get();
    Array[] in = StreamSupport.stream(c.get("in").spliterator(), false)
        .map(shape -> data(Values.ints(shape))).toArray(Array[]::new);
    Map<String, Array> byName = new LinkedHashMap<>(layer.trainableParameters());
    assertThat(byName.keySet()).isEqualTo(names(c.get("params")));
    byName.forEach((key, value) -> Agreement.check(name + " " + key, value, c.get("params").get(key), 8));
    byName.put("gx", in[0]);
    Random.seed(2);
    ValueAndGrad.Result result = MX.valueAndGradTree(byName, _ -> {
      Array y = call(layer, in);
      Array weights = MX.cos(MX.arange((int) y.size())).reshape(y.shape().toArray());
      return new Array[] {y.multiply(weights).sum(), y};
    }).apply();
    Agreement.check(name, result.values()[1], c.get("y"), 16);
    result.gradsByName().forEach((key, value) -> Agreement.check(name + " by " + key, value,
        key.equals("gx") ? c.get("gx") : c.get("grads").get(key), 64));
    c.get("after").properties().forEach(e ->
        Agreement.check(name + " after", layer.parameters().get(e.getKey()), e.getValue(), 8));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Array data(int[] shape) {
    int n = 1;
    for (int size : shape) {
      n *= size;
    }
    return MX.sin(MX.arange(n).multiply(1.7).add(0.3)).reshape(shape);
  }

  private static Array call(Module layer, Array[] in) {
    return switch (in.length) {
      case 1 -> layer.apply(in[0]);
      case 2 -> layer.apply(in[0], in[1]);
      default -> layer.apply(in[0], in[1], in[2]);
    };
  }

  @Test
  void everyCaseIsTranslated() {
    Set<String> names = new HashSet<>();
    cases("layers").forEach(c -> names.add(c.get("layer").asText()));
    cases("inits").forEach(c -> names.add(c.get("init").asText()));
    Set<String> known = new HashSet<>(LAYERS.keySet());
    known.addAll(INITS.keySet());
    assertThat(known).isEqualTo(names);
  }
}
