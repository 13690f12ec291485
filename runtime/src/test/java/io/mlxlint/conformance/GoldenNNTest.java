package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.nn.Conv1d;
import io.mlxlint.mx.nn.Conv2d;
import io.mlxlint.mx.nn.ConvTranspose1d;
import io.mlxlint.mx.nn.ConvTranspose2d;
import io.mlxlint.mx.nn.Dropout;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.Identity;
import io.mlxlint.mx.nn.LayerNorm;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Losses.Reduction;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.MultiHeadAttention;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.nn.RMSNorm;
import io.mlxlint.mx.nn.RoPE;
import io.mlxlint.mx.nn.Sequential;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Layers, activations and losses as on MLX; a case without a translation must be excluded with a reason. */
class GoldenNNTest {
  private static final JsonNode CASES = Golden.file("nn").get("cases");

  /** A layer and how it is called. */
  private record Layer<M extends Module>(Supplier<M> make, BiFunction<M, Array[], Array> call) {
    Array run(Map<String, Array> parameters, boolean train, Array[] in) {
      M module = make.get();
      module.train(train);
      module.loadWeights(parameters, true);
      return call.apply(module, in);
    }
  }

  /** A loss with the case's arguments; the reduction is {@code null} where none is given. */
  private interface Loss {
    Array apply(Array[] in, Map<String, JsonNode> args, Reduction reduction);
  }

  private static final Map<String, Layer<?>> LAYERS = new HashMap<>();
  private static final Map<String, Functions.OfArrays> ACTIVATIONS = new HashMap<>();
  private static final Map<String, Loss> LOSSES = new HashMap<>();

  private static final Map<Integer, String> EXCLUDED = Golden.exclusions("nn");

  static {
    layer("Linear(3,2)", () -> new Linear(3, 2));
    layer("Linear float32 weights, float16 input", () -> new Linear(3, 2));
    layer("Linear(3,2,bias=False)", () -> new Linear(3, 2, false));
    layer("Embedding(4,3)", () -> new Embedding(4, 3));
    LAYERS.put("Embedding(4,3).as_linear",
        new Layer<>(() -> new Embedding(4, 3), (m, in) -> m.asLinear(in[0])));
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
      LAYERS.put(name, new Layer<>(() -> new MultiHeadAttention(4, 2, bias),
          (m, in) -> m.apply(in[0], in[0], in[0], null)));
      LAYERS.put(name + " causal", new Layer<>(() -> new MultiHeadAttention(4, 2, bias),
          (m, in) -> m.apply(in[0], in[0], in[0], in[1])));
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
    LAYERS.put("Dropout(0.5) train after mx.random.seed(3)", new Layer<>(() -> new Dropout(0.5), (m, in) -> {
      io.mlxlint.mx.Random.seed(3);
      return m.apply(in[0]);
    }));
    layer("Sequential(Linear(2,3),ReLU,Linear(3,1))",
        () -> new Sequential(new Linear(2, 3), NN::relu, new Linear(3, 1)));

    activation("relu", NN::relu);
    activation("relu2", NN::relu2);
    activation("relu6", NN::relu6);
    activation("leaky_relu", NN::leakyRelu);
    activation("elu", NN::elu);
    activation("celu", NN::celu);
    activation("selu", NN::selu);
    activation("gelu", NN::gelu);
    activation("gelu_approx", NN::geluApprox);
    activation("gelu_fast_approx", NN::geluFastApprox);
    activation("silu", NN::silu);
    activation("sigmoid", NN::sigmoid);
    activation("log_sigmoid", NN::logSigmoid);
    activation("softplus", NN::softplus);
    activation("softsign", NN::softsign);
    activation("softshrink", NN::softshrink);
    activation("hardswish", NN::hardswish);
    activation("hard_tanh", NN::hardTanh);
    activation("hard_shrink", NN::hardShrink);
    activation("mish", NN::mish);
    activation("step", x -> NN.step(x, 0));
    activation("softmax", NN::softmax);
    activation("log_softmax", NN::logSoftmax);
    activation("softmin", NN::softmin);
    activation("glu", NN::glu);
    activation("tanh", NN::tanh);
    ACTIVATIONS.put("prelu", in -> new Array[] {NN.prelu(in[0], in[1])});

    LOSSES.put("cross_entropy", (in, args, r) -> args.size() == 1 && r == null
        ? Losses.crossEntropy(in[0], in[1])
        : Losses.crossEntropy(in[0], in[1],
            args.containsKey("weights") ? Values.array(args.get("weights")) : null,
            args.containsKey("axis") ? args.get("axis").asInt() : -1,
            args.containsKey("label_smoothing") ? args.get("label_smoothing").asDouble() : 0,
            r == null ? Reduction.NONE : r));
    LOSSES.put("binary_cross_entropy", (in, args, r) -> args.containsKey("with_logits")
        ? Losses.binaryCrossEntropyOfProbabilities(in[0], in[1], r == null ? Reduction.MEAN : r)
        : r == null ? Losses.binaryCrossEntropy(in[0], in[1]) : Losses.binaryCrossEntropy(in[0], in[1], r));
    loss("l1_loss", Losses::l1Loss, Losses::l1Loss);
    loss("mse_loss", Losses::mseLoss, Losses::mseLoss);
    loss("nll_loss", Losses::nllLoss, Losses::nllLoss);
    loss("kl_div_loss", Losses::klDivLoss, Losses::klDivLoss);
    loss("hinge_loss", Losses::hingeLoss, Losses::hingeLoss);
    loss("log_cosh_loss", Losses::logCoshLoss, Losses::logCoshLoss);
    LOSSES.put("smooth_l1_loss", (in, args, r) -> Losses.smoothL1Loss(in[0], in[1],
        args.containsKey("beta") ? args.get("beta").asDouble() : 1, r == null ? Reduction.MEAN : r));
    LOSSES.put("gaussian_nll_loss", (in, args, r) -> r == null ? Losses.gaussianNllLoss(in[0], in[1], in[2])
        : Losses.gaussianNllLoss(in[0], in[1], in[2], false, 1e-6, r));
    LOSSES.put("triplet_loss", (in, args, r) -> r == null ? Losses.tripletLoss(in[0], in[1], in[2])
        : Losses.tripletLoss(in[0], in[1], in[2], -1, 2, 1, 1e-6, r));
    LOSSES.put("cosine_similarity_loss", (in, args, r) -> r == null
        ? Losses.cosineSimilarityLoss(in[0], in[1]) : Losses.cosineSimilarityLoss(in[0], in[1], 1, 1e-8, r));
    LOSSES.put("margin_ranking_loss", (in, args, r) -> Losses.marginRankingLoss(in[0], in[1], in[2],
        args.get("margin").asDouble(), r == null ? Reduction.NONE : r));
    LOSSES.put("huber_loss", (in, args, r) -> Losses.huberLoss(in[0], in[1], 1,
        r == null ? Reduction.NONE : r));
  }

  private static void layer(String name, Supplier<? extends Module> make) {
    LAYERS.put(name, new Layer<Module>(make::get, (m, in) -> m.apply(in[0])));
  }

  private static void rope(String name, Supplier<RoPE> make) {
    LAYERS.put(name, new Layer<>(make, (m, in) -> m.apply(in[0], 2)));
  }

  private static void activation(String name, Functions.Of1 f) {
    ACTIVATIONS.put(name, in -> new Array[] {f.apply(in[0])});
  }

  private interface Reduced {
    Array apply(Array a, Array b, Reduction r);
  }

  private static void loss(String name, Functions.Of2 plain, Reduced reduced) {
    LOSSES.put(name, (in, args, r) -> r == null ? plain.apply(in[0], in[1]) : reduced.apply(in[0], in[1], r));
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    return IntStream.range(0, CASES.size()).filter(i -> !EXCLUDED.containsKey(i) && isKnown(CASES.get(i)))
        .mapToObj(i -> DynamicTest.dynamicTest(i + " " + name(CASES.get(i)), () -> check(CASES.get(i))));
  }

  private static String name(JsonNode c) {
    return c.has("layer") ? c.get("layer").asText()
        : c.has("activation") ? c.get("activation").asText() : c.get("loss").asText();
  }

  private static boolean isKnown(JsonNode c) {
    return c.has("layer") ? LAYERS.containsKey(name(c))
        : c.has("activation") ? ACTIVATIONS.containsKey(name(c)) : LOSSES.containsKey(name(c));
  }

  private static void check(JsonNode c) {
    Array[] in = Values.arrays(c.get("in"));
    Array got;
    if (c.has("layer")) {
      Map<String, Array> parameters = new LinkedHashMap<>();
      c.get("params").properties().forEach(e -> parameters.put(e.getKey(), Values.array(e.getValue())));
      got = LAYERS.get(name(c)).run(parameters, c.path("train").asBoolean(true), in);
    } else if (c.has("activation")) {
      got = ACTIVATIONS.get(name(c)).apply(in)[0];
    } else {
      Map<String, JsonNode> args = new HashMap<>();
      c.get("args").properties().forEach(e -> args.put(e.getKey(), e.getValue()));
      String reduction = c.get("args").get("reduction").asText();
      got = LOSSES.get(name(c)).apply(in, args,
          reduction.equals("(default)") ? null : Reduction.valueOf(reduction.toUpperCase(Locale.ROOT)));
    }
    Agreement.check(name(c), got, c.get("out"), 8);
  }

  @Test
  void everyCaseIsTranslatedOrExcluded() {
    TreeSet<String> open = new TreeSet<>();
    for (int i = 0; i < CASES.size(); i++) {
      String name = name(CASES.get(i));
      if (!isKnown(CASES.get(i)) && !EXCLUDED.containsKey(i)) {
        open.add(i + " " + name);
      }
    }
    assertThat(open).isEmpty();
    Golden.report("nn", CASES.size());
  }
}
