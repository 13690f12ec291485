package io.mlxlint.mx.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.engine.SettledMemory;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.Scope;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.optim.Adam;
import io.mlxlint.mx.optim.Optimizer;
import io.mlxlint.mx.optim.SGD;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleTest {

  static final class Net extends Module {
    private final Linear queryProj = new Linear(2, 8);
    private final List<Module> layers = List.of(new RMSNorm(8), new Linear(8, 1, false));
    private final Array scale = parameter(MX.ones(1));
    private final int width = 8;

    @Override
    protected Array forward(Array x) {
      return layers.get(1).apply(layers.get(0).apply(NN.gelu(queryProj.apply(x)))).multiply(scale);
    }
  }

  @BeforeEach
  void seed() {
    Random.seed(7);
  }

  private static Array inputs() {
    return Random.uniform(-1, 1, new int[] {32, 2});
  }

  private static Array targets(Array x) {
    return x.at(Index.all(), 0).multiply(x.at(Index.all(), 1)).expandDims(1);
  }

  @Test
  void parametersAreNamedAsInMlx() {
    assertThat(new Net().parameters().keySet()).containsExactly("query_proj.weight", "query_proj.bias",
        "layers.0.weight", "layers.1.weight", "scale");
  }

  @Test
  void freezingTakesPartsOutOfTraining() {
    Net net = new Net();
    net.layers.get(1).freeze();
    net.freeze("bias");
    assertThat(net.trainableParameters().keySet())
        .containsExactly("query_proj.weight", "layers.0.weight", "scale");
    net.freeze();
    assertThat(net.trainableParameters()).isEmpty();
    net.unfreeze("weight", "query_proj", "layers");
    assertThat(net.trainableParameters().keySet()).doesNotContain("query_proj.bias", "scale").hasSize(3);
    net.unfreeze();
    assertThat(net.trainableParameters()).hasSize(5);
  }

  @Test
  void parametersOutliveTheScopeTheyWereMadeIn() {
    Net net;
    try (Scope scope = MX.scope()) {
      net = new Net();
    }
    assertThat(net.parameters().values()).noneMatch(Array::isClosed);
    assertThat(net.apply(inputs()).shape().toArray()).containsExactly(32, 1);
  }

  @Test
  void trainingLowersTheLossAndKeepsMemory() {
    Random.seed(3);
    Net net = new Net();
    Array x = inputs();
    Array y = targets(x);
    Optimizer optimizer = new Adam(0.02);
    ValueAndGrad step = NN.valueAndGrad(net, (Array in, Array out) -> Losses.mseLoss(net.apply(in), out));
    double first = 0;
    double last = 0;
    long active = 0;
    for (int i = 0; i < 60; i++) {
      try (Scope scope = MX.scope()) {
        ValueAndGrad.Result result = step.apply(x, y);
        optimizer.update(net, result.gradsByName());
        MX.eval(result.value(), net, optimizer);
        last = result.value().item();
        first = i == 0 ? last : first;
      }
      active = i == 10 ? MX.getActiveMemory() : active;
    }
    assertThat(last).isLessThan(first / 2);
    // less is possible: arrays of other tests may be collected meanwhile
    assertThat(SettledMemory.of(Engines.current(), active)).isLessThanOrEqualTo(active);
  }

  @Test
  void aCompiledStepIsTracedOnceAndDoesTheSame() {
    Array x = inputs();
    Array y = targets(x);
    Map<String, double[]> plain = train(x, y, false);
    Map<String, double[]> compiled = train(x, y, true);
    plain.forEach((name, values) ->
        assertThat(compiled.get(name)).as(name).containsExactly(values, within(1e-5)));
  }

  private static Map<String, double[]> train(Array x, Array y, boolean compile) {
    Random.seed(3);
    Net net = new Net();
    Optimizer optimizer = new SGD(0.1, new SGD.Options(0.9, 0, 0, false)).init(net.trainableParameters());
    ValueAndGrad gradient = NN.valueAndGrad(net, (Array in, Array out) -> Losses.mseLoss(net.apply(in), out));
    List<Object> state = List.of(net, optimizer);
    long traces = MX.counters().traces();
    try (Compiled step = MX.compile((Array in, Array out) -> {
      ValueAndGrad.Result result = gradient.apply(in, out);
      optimizer.update(net, result.gradsByName());
      return result.value();
    }).inputs(state).outputs(state)) {
      for (int i = 0; i < 8; i++) {
        if (compile) {
          MX.eval(step.apply(x, y), state);
        } else {
          optimizer.update(net, gradient.apply(x, y).gradsByName());
          MX.eval(state);
        }
      }
    }
    assertThat(MX.counters().traces() - traces).isEqualTo(compile ? 1 : 0);
    assertThat(optimizer.step().itemLong()).isEqualTo(8);
    Map<String, double[]> out = new LinkedHashMap<>();
    net.parameters().forEach((name, a) -> out.put(name, a.toDoubleArray()));
    return out;
  }

  @Test
  void dropoutOnlyInTraining() {
    Dropout dropout = new Dropout(0.5);
    Array x = MX.ones(1000);
    assertThat(MX.sum(MX.equal(dropout.apply(x), 0.0)).item()).isBetween(400.0, 600.0);
    dropout.eval();
    assertThat(MX.arrayEqual(dropout.apply(x), x).itemBoolean()).isTrue();
    assertThatThrownBy(() -> new Dropout(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void weightsGoThroughAFile(@TempDir Path folder) {
    Net saved = new Net();
    saved.saveWeights(folder.resolve("net.safetensors"));
    Net loaded = new Net();
    loaded.loadWeights(folder.resolve("net.safetensors"));
    Array x = inputs();
    assertThat(MX.arrayEqual(saved.apply(x), loaded.apply(x)).itemBoolean()).isTrue();
  }

  @Test
  void strictLoadingNamesWhatDoesNotFit() {
    Net net = new Net();
    assertThatThrownBy(() -> net.loadWeights(Map.of("scale", MX.ones(1), "other", MX.ones(1)), true))
        .hasMessageContaining("query_proj.weight").hasMessageContaining("unknown [other]");
    net.loadWeights(Map.of("scale", MX.full(new int[] {1}, 2.0), "other", MX.ones(1)), false);
    assertThat(net.parameters().get("scale").item()).isEqualTo(2.0);
    assertThatThrownBy(() -> net.update(Map.of("other", MX.ones(1)))).hasMessageContaining("other");
  }

  @Test
  void setDtypeKeepsHalfPrecisionThroughTheModel() {
    Net net = new Net();
    net.setDtype(MX.float16);
    assertThat(net.apply(inputs().astype(MX.float16)).dtype()).isEqualTo(MX.float16);
  }
}
