package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.java.JavaEngine;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operations along rows that GPUs compute by kernels of their own, several elements at a time: values and
 * gradients are those of engine java whatever the length of a row.
 */
class FusedGradientsTest {
  private static final int ROWS = 3;

  /** By name, of rows that are whole numbers of pairs. */
  private static Map<String, UnaryOperator<Array>> operations() {
    Map<String, UnaryOperator<Array>> out = new LinkedHashMap<>();
    out.put("rms_norm", x -> Fast.rmsNorm(x, null, 1e-5));
    out.put("rms_norm, weighted", x -> Fast.rmsNorm(x, row(x), 1e-5));
    out.put("layer_norm", x -> Fast.layerNorm(x, null, null, 1e-5));
    out.put("layer_norm, weighted", x -> Fast.layerNorm(x, row(x), null, 1e-5));
    out.put("layer_norm, weight and bias", x -> Fast.layerNorm(x, row(x), row(x).add(1), 1e-5));
    out.put("softmax", x -> MX.softmax(x, -1));
    out.put("logsumexp", x -> MX.logsumexp(x, -1));
    out.put("rope", x -> Fast.rope(x.reshape(1, 1, ROWS, -1), x.shape(-1), false, 1e4, 1, 2).reshape(-1));
    out.put("attention", x -> {
      Array heads = x.reshape(1, 1, ROWS, -1);
      return Fast.scaledDotProductAttention(heads, heads.multiply(0.5), heads.add(1), 0.5).reshape(-1);
    });
    return out;
  }

  /** A weight that depends on x, so that it gets a gradient too. */
  private static Array row(Array x) {
    return x.at(1).multiply(0.5).add(1);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, 1e-4", "FLOAT16, 2e-2", "BFLOAT16, 1e-1"})
  void enginesAgree(DType dtype, double tolerance) {
    Engine mlx = Installed.engine();
    Engine java = new JavaEngine();
    for (int width : new int[] {2, 4, 6, 8, 10, 14, 18, 34, 130}) {
      operations().forEach((name, f) -> {
        String what = name + " of " + dtype + " rows of " + width;
        float[] expected = Engines.with(java, () -> valueAndGradient(f, dtype, width));
        assertThat(Engines.with(mlx, () -> valueAndGradient(f, dtype, width))).as(what)
            .usingComparatorWithPrecision((float) tolerance).containsExactly(expected);
      });
    }
  }

  private static float[] valueAndGradient(UnaryOperator<Array> f, DType dtype, int width) {
    Array x = MX.sin(MX.arange(ROWS * width)).reshape(ROWS, width).astype(dtype);
    var both = MX.valueAndGrad(in -> {
      Array y = f.apply(in);
      Array weights = MX.cos(MX.arange((int) y.size())).reshape(y.shape().toArray());
      return y.astype(DType.FLOAT32).multiply(weights).sum();
    }, 0).apply(x);
    return MX.concatenate(both.value().reshape(1).astype(DType.FLOAT32),
        both.grads()[0].reshape(-1).astype(DType.FLOAT32)).toFloatArray();
  }

  /** The form for CUDA, on whatever device there is. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void layerNormByStepsIsLayerNorm(int operands) {
    boolean weighted = (operands & 1) != 0;
    boolean biased = (operands & 2) != 0;
    MlxEngine mlx = Installed.engine();
    Arrays32 arrays = new Arrays32(mlx);
    Node x = arrays.array(Shape.of(2, 3), 1, 2, 4, -1, 0, 8);
    Node weight = arrays.array(Shape.of(3), 2, 3, 4);
    Node bias = arrays.array(Shape.of(3), -1, 1, 2);
    Node[] in = weighted && biased ? new Node[] {x, weight, bias} : weighted ? new Node[] {x, weight}
        : biased ? new Node[] {x, bias} : new Node[] {x};
    Fusing.LayerNorm op = new Fusing.LayerNorm(weighted, biased, 1e-5f);
    float[] fused = arrays.values(arrays.apply(op, in));
    float[] steps;
    try (Call call = new Call(in, x.spec(), new MlxStreams().defaultHandle())) {
      LayerNorm.stepByStep(op, call);
      steps = arrays.values(new MlxNode(Scratch.handle(call.res), x.spec()));
    }
    assertThat(steps).usingComparatorWithPrecision(1e-6f).containsExactly(fused);
  }
}
