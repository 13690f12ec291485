package io.mlxlint.conformance;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.AvgPool1d;
import io.mlxlint.mx.nn.AvgPool2d;
import io.mlxlint.mx.nn.BatchNorm;
import io.mlxlint.mx.nn.Conv1d;
import io.mlxlint.mx.nn.Conv2d;
import io.mlxlint.mx.nn.ConvTranspose1d;
import io.mlxlint.mx.nn.ConvTranspose2d;
import io.mlxlint.mx.nn.Dropout2d;
import io.mlxlint.mx.nn.Dropout;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.GRU;
import io.mlxlint.mx.nn.GroupNorm;
import io.mlxlint.mx.nn.Identity;
import io.mlxlint.mx.nn.InstanceNorm;
import io.mlxlint.mx.nn.LSTM;
import io.mlxlint.mx.nn.LayerNorm;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.MaxPool1d;
import io.mlxlint.mx.nn.MaxPool2d;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.MultiHeadAttention;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.nn.RMSNorm;
import io.mlxlint.mx.nn.RNN;
import io.mlxlint.mx.nn.RoPE;
import io.mlxlint.mx.nn.Sequential;
import io.mlxlint.mx.nn.SinusoidalPositionalEncoding;
import io.mlxlint.mx.nn.TransformerEncoderLayer;
import io.mlxlint.mx.nn.Upsample;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The layers of {@code nn.json} by the names that the file gives them. */
final class LayerCalls {
  static final Map<String, Layer<?>> ALL = new HashMap<>();

  private LayerCalls() {}

  /** A layer and how it is called. */
  record Layer<M extends Module>(Supplier<M> make, BiFunction<M, Array[], Array[]> call) {
    Array[] run(Map<String, Array> parameters, boolean train, Array[] in) {
      M module = make.get();
      module.train(train);
      module.loadWeights(parameters, true);
      return call.apply(module, in);
    }
  }

  static {
    layer("Linear(3,2)", () -> new Linear(3, 2));
    layer("Linear float32 weights, float16 input", () -> new Linear(3, 2));
    layer("Linear(3,2,bias=False)", () -> new Linear(3, 2, false));
    layer("Embedding(4,3)", () -> new Embedding(4, 3));
    ALL.put("Embedding(4,3).as_linear",
        new Layer<>(() -> new Embedding(4, 3), (m, in) -> one(m.asLinear(in[0]))));
    layer("RMSNorm(3)", () -> new RMSNorm(3));
    layer("LayerNorm(3)", () -> new LayerNorm(3));
    layer("LayerNorm(3,affine=False)", () -> new LayerNorm(3, 1e-5, false, true));
    layer("LayerNorm(3,bias=False)", () -> new LayerNorm(3, 1e-5, true, false));
    layer("LayerNorm(3,eps=0.1)", () -> new LayerNorm(3, 0.1, true, true));
    rope("RoPE(4) {} offset=2", () -> new RoPE(4));
    rope("RoPE(4) {'traditional': True} offset=2", () -> new RoPE(4, true, 10000, 1));
    rope("RoPE(4) {'base': 100.0} offset=2", () -> new RoPE(4, false, 100, 1));
    rope("RoPE(4) {'scale': 0.5} offset=2", () -> new RoPE(4, false, 10000, 0.5));
    for (boolean bias : new boolean[] {false, true}) {
      String name = "MultiHeadAttention(4,2) " + (bias ? "{'bias': True}" : "{}");
      ALL.put(name, new Layer<>(() -> new MultiHeadAttention(4, 2, bias),
          (m, in) -> one(m.apply(in[0], in[0], in[0], null))));
      ALL.put(name + " causal", new Layer<>(() -> new MultiHeadAttention(4, 2, bias),
          (m, in) -> one(m.apply(in[0], in[0], in[0], in[1]))));
    }
    layer("Identity", Identity::new);
    int[] one = {1, 1};
    int[] zero = {0, 0};
    layer("Conv1d(2,3,2)", () -> new Conv1d(2, 3, 2));
    layer("Conv1d(2,4,3,stride=2,padding=1,groups=2)",
        () -> new Conv1d(2, 4, 3, new Conv1d.Options(2, 1, 1, 2, true)));
    layer("Conv2d(1,2,2)", () -> new Conv2d(1, 2, new int[] {2, 2}));
    layer("Conv2d(1,2,3,padding=1,bias=False)",
        () -> new Conv2d(1, 2, new int[] {3, 3}, new Conv2d.Options(one, one, one, 1, false)));
    layer("ConvTranspose1d(2,2,2,stride=2)",
        () -> new ConvTranspose1d(2, 2, 2, new ConvTranspose1d.Options(2, 0, 1, 0, 1, true)));
    layer("ConvTranspose2d(1,1,2)", () -> new ConvTranspose2d(1, 1, new int[] {2, 2},
        new ConvTranspose2d.Options(one, zero, one, zero, 1, true)));
    layer("Dropout(0.5) eval", () -> new Dropout(0.5));
    seeded("Dropout(0.5) train after mx.random.seed(3)", () -> new Dropout(0.5));
    seeded("Dropout2d(0.5) train after mx.random.seed(3)", () -> new Dropout2d(0.5));
    layer("SinusoidalPositionalEncoding(4)", () -> new SinusoidalPositionalEncoding(4));
    layer("TransformerEncoderLayer(4,2,8) mask=None",
        () -> new TransformerEncoderLayer(4, 2, 8, 0, NN::relu, true));
    layer("TransformerEncoderLayer norm_first=False",
        () -> new TransformerEncoderLayer(4, 2, 8, 0, NN::relu, false));
    recurrent();
    poolings();
    norms();
    upsampling();
    layer("Sequential(Linear(2,3),ReLU,Linear(3,1))",
        () -> new Sequential(new Linear(2, 3), NN::relu, new Linear(3, 1)));
  }

  private static void layer(String name, Supplier<? extends Module> make) {
    ALL.put(name, new Layer<Module>(make::get, (m, in) -> one(m.apply(in[0]))));
  }

  private static void seeded(String name, Supplier<? extends Module> make) {
    ALL.put(name, new Layer<Module>(make::get, (m, in) -> {
      Random.seed(3);
      return one(m.apply(in[0]));
    }));
  }

  private static void recurrent() {
    for (String x : new String[] {" x(T=3,D)", " x(B=2,T=3,D)"}) {
      layer("RNN(2,3)" + x, () -> new RNN(2, 3));
      for (boolean bias : new boolean[] {false, true}) {
        String arguments = bias ? "(2,3)" : "(2,3,bias=False)";
        layer("GRU" + arguments + x, () -> new GRU(2, 3, bias));
        ALL.put("LSTM" + arguments + x,
            new Layer<>(() -> new LSTM(2, 3, bias), (m, in) -> both(m.states(in[0]))));
      }
    }
    ALL.put("GRU(2,3) with initial hidden",
        new Layer<>(() -> new GRU(2, 3), (m, in) -> one(m.apply(in[0], in[1]))));
    ALL.put("LSTM(2,3) with initial hidden and cell",
        new Layer<>(() -> new LSTM(2, 3), (m, in) -> both(m.states(in[0], in[1], in[2]))));
  }

  private static void poolings() {
    layer("MaxPool1d(2)", () -> new MaxPool1d(2));
    layer("MaxPool1d(3,stride=1,padding=1)", () -> new MaxPool1d(3, 1, 1));
    layer("AvgPool1d(2)", () -> new AvgPool1d(2));
    layer("AvgPool1d(3,stride=1,padding=1)", () -> new AvgPool1d(3, 1, 1));
    layer("MaxPool2d(2)", () -> new MaxPool2d(2));
    layer("AvgPool2d(2)", () -> new AvgPool2d(2));
  }

  private static void norms() {
    ALL.put("BatchNorm(3) training", new Layer<>(() -> new BatchNorm(3),
        (m, in) -> new Array[] {m.apply(in[0]), m.runningMean, m.runningVar}));
    layer("BatchNorm(3) eval after that step", () -> new BatchNorm(3));
    layer("InstanceNorm(2,affine=True)", () -> new InstanceNorm(2, 1e-5, true));
    layer("GroupNorm(2,4)", () -> new GroupNorm(2, 4));
    layer("GroupNorm(2,4,pytorch_compatible)", () -> new GroupNorm(2, 4, 1e-5, true, true));
  }

  private static void upsampling() {
    layer("Upsample(2,'nearest')", () -> new Upsample(2));
    layer("Upsample(2,'linear')", () -> new Upsample(2, Upsample.Mode.LINEAR, false));
    layer("Upsample(2,'linear',align_corners)", () -> new Upsample(2, Upsample.Mode.LINEAR, true));
    layer("Upsample(2,'cubic')", () -> new Upsample(2, Upsample.Mode.CUBIC, false));
  }

  private static Array[] one(Array result) {
    return new Array[] {result};
  }

  private static Array[] both(LSTM.States states) {
    return new Array[] {states.hidden(), states.cell()};
  }

  private static void rope(String name, Supplier<RoPE> make) {
    ALL.put(name, new Layer<>(make, (m, in) -> one(m.apply(in[0], 2))));
  }
}
