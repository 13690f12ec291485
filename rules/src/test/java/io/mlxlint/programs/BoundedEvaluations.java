package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.optim.Adam;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluations that bound what is open at once: gradients of parts of a batch, weights one by one, audio in
 * pieces. As maintainers do it where memory is short.
 */
final class BoundedEvaluations {
  private final Linear model = new Linear(24, 24);
  private final Adam optimizer = new Adam(1e-3);
  private final ValueAndGrad lossAndGrads =
      NN.valueAndGrad(model, (x, y) -> Losses.mseLoss(model.apply(x), y));

  /** One step over parts of the batch. */
  double step(List<Array> parts) {
    Map<String, Array> sums = new LinkedHashMap<>();
    Array loss = MX.array(0.0);
    double scale = 1.0 / parts.size();
    for (Array part : parts) {
      ValueAndGrad.Result result = lossAndGrads.apply(part, part.negative());
      loss = loss.add(result.value().multiply(scale));
      result.gradsByName().forEach((name, g) -> sums.merge(name, g.multiply(scale), Array::add));
      result.closeGrads();
      MX.eval(loss, sums);
    }
    optimizer.update(model, sums);
    MX.eval(model, optimizer);
    return loss.item();
  }

  /** Packs eight nibbles into each number; what is unpacked is eight times larger than what stays. */
  static Map<String, Array> transform(Map<String, Array> weights) {
    Map<String, Array> out = new LinkedHashMap<>();
    for (String name : List.copyOf(weights.keySet())) {
      Array packed = weights.remove(name);
      Array shifts = MX.arange(8).multiply(4);
      Array wide = MX.rightShift(packed.expandDims(-1), shifts).bitwiseAnd(15).astype(MX.uint32);
      Array weight = MX.leftShift(MX.flip(wide, -1), shifts.astype(MX.uint32)).sum(-1);
      MX.eval(weight);
      out.put(name, weight);
      packed.close();
      MX.clearCache();
    }
    return out;
  }

  /** Cast and evaluated one by one, which is the good way. */
  static Map<String, Array> half(Path file) {
    Map<String, Array> out = new LinkedHashMap<>();
    for (Map.Entry<String, Array> e : MX.load(file).entrySet()) {
      Array w = e.getValue().astype(MX.float16);
      MX.eval(w);
      e.getValue().close();
      out.put(e.getKey(), w);
    }
    return out;
  }

  /** Ten seconds at a time. */
  Array vocode(Array codes, int chunk) {
    List<Array> audio = new ArrayList<>();
    for (int i = 0; i < codes.shape(0); i += chunk) {
      Array part = codes.at(Index.slice(i, Math.min(codes.shape(0), i + chunk)));
      Array wave = model.apply(part).tanh().flatten();
      MX.eval(wave);
      audio.add(wave);
    }
    return MX.concatenate(audio, 0);
  }

  /** A state space layer over pieces of a sequence: one lazy graph, and short. */
  static Array scan(Array x, int piece) {
    Array state = null;
    List<Array> ys = new ArrayList<>();
    for (int i = 0; i < x.shape(0); i += piece) {
      Array part = x.at(Index.slice(i, Math.min(x.shape(0), i + piece)));
      Array decay = MX.exp(MX.cumsum(part, 0).negative());
      Array next = part.multiply(decay).sum(0);
      Array y = part.multiply(decay);
      if (state != null) {
        next = next.add(state.multiply(decay.at(-1)));
        y = y.add(state);
      }
      state = next;
      ys.add(y);
    }
    return MX.concatenate(ys, 0);
  }

  public static void main(String[] args) throws Exception {
    BoundedEvaluations b = new BoundedEvaluations();
    List<Array> parts = List.of(Random.normal(4, 24), Random.normal(4, 24));
    System.out.println(b.step(parts) > 0);
    Path file = Files.createTempDirectory("w").resolve("w.safetensors");
    MX.saveSafetensors(file, Map.of("a", Random.normal(8, 8)));
    System.out.println(half(file).keySet() + " " + b.vocode(Random.normal(20, 24), 8).shape());
    Map<String, Array> ints = new LinkedHashMap<>(Map.of("q", MX.array(new int[] {1, 2, 3})));
    System.out.println(transform(ints).keySet() + " " + scan(Random.normal(20, 4), 6).shape());
  }
}
