package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.Losses.Reduction;
import io.mlxlint.mx.nn.NN;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Layers, activations and losses as on MLX; a case without a translation must be excluded with a reason. */
class GoldenNNTest {
  private static final JsonNode CASES = Golden.file("nn").get("cases");

  /** A loss with the case's arguments; the reduction is {@code null} where none is given. */
  private interface Loss {
    Array apply(Array[] in, Map<String, JsonNode> args, Reduction reduction);
  }

  private static final Map<String, Functions.OfArrays> ACTIVATIONS = new HashMap<>();
  private static final Map<String, Loss> LOSSES = new HashMap<>();

  private static final Map<Integer, String> EXCLUDED = Golden.exclusions("nn");

  static {
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
    return c.has("layer") ? LayerCalls.ALL.containsKey(name(c))
        : c.has("activation") ? ACTIVATIONS.containsKey(name(c)) : LOSSES.containsKey(name(c));
  }

  private static void check(JsonNode c) {
    Array[] in = Values.arrays(c.get("in"));
    Array got;
    if (c.has("layer")) {
      Map<String, Array> parameters = new LinkedHashMap<>();
      c.get("params").properties().forEach(e -> parameters.put(e.getKey(), Values.array(e.getValue())));
      checkAll(name(c), LayerCalls.ALL.get(name(c)).run(parameters, c.path("train").asBoolean(true), in),
          c.get("out"));
      return;
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

  /** One result, or several in a list or by name. */
  private static void checkAll(String name, Array[] got, JsonNode expected) {
    Iterator<JsonNode> results = expected.has("dtype") ? List.of(expected).iterator() : expected.iterator();
    for (Array result : got) {
      Agreement.check(name, result, results.next(), 8);
    }
    assertThat(results.hasNext()).as("%s: a result too few", name).isFalse();
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
