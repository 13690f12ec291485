package io.mlxlint.programs.pitfalls;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.nn.Sequential;
import io.mlxlint.mx.optim.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Arrays held over an evaluation, and given up after it as Python gives up what has no name any more. The
 * argument divides the sizes, for small machines.
 */
final class Retentions {
  private final Array[] weights = new Array[12];
  private final Array input;
  private final Path file;
  private final Sequential model;
  private final Adam adam = new Adam(1e-4);
  private final Array batch;
  private final Array target;

  private Retentions(int divisor) throws IOException {
    Random.seed(0);
    int d = 4096 / divisor;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = half(0.01, d, d);
    }
    input = half(1.0, 8, d);
    int half = d / 2;
    model = new Sequential(new Linear(half, half), new Linear(half, half), new Linear(half, half),
        new Linear(half, half), new Linear(half, half), new Linear(half, half), new Linear(half, half),
        new Linear(half, half));
    model.setDtype(MX.float16);
    batch = half(1.0, 64, half);
    target = half(1.0, 64, half);
    MX.eval(weights, input, model, batch, target);
    file = Files.createTempFile("weights", ".safetensors");
    file.toFile().deleteOnExit();
    Map<String, Array> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 64; i++) {
      tensors.put("w" + i, Random.normal(half, half));
    }
    MX.saveSafetensors(file, tensors);
    MX.close(tensors);
  }

  public static void main(String[] args) throws IOException {
    Retentions retentions = new Retentions(args.length > 0 ? Integer.parseInt(args[0]) : 1);
    retentions.descent();
    retentions.adam();
    retentions.load();
  }

  /** Case: grads held at eval vs released (SGD 12x4096x4096). */
  private Array[] descent() {
    ValueAndGrad gradient = MX.valueAndGradArrays(
        in -> new Array[] {loss(in)}, IntStream.range(0, weights.length).toArray());
    Array[] in = Arrays.copyOf(weights, weights.length + 1);
    in[weights.length] = input;
    for (int step = 0; step < 3; step++) {
      var result = gradient.apply(in);
      for (int i = 0; i < weights.length; i++) {
        in[i] = in[i].subtract(result.grads()[i].multiply(1e-3));
      }
      MX.eval(result.value(), in); // expect: retained-temporaries
      result.closeGrads();
    }
    return in;
  }

  private static Array loss(Array[] in) {
    Array x = in[in.length - 1];
    for (int i = 0; i < in.length - 1; i++) {
      x = MX.tanh(x.matmul(in[i].transpose()));
    }
    return x.square().mean();
  }

  /** Case: grads held at eval vs released. */
  private void adam() {
    var gradient = NN.valueAndGrad(model, (x, y) -> model.apply(x).subtract(y).square().mean());
    for (int step = 0; step < 3; step++) {
      var result = gradient.apply(batch, target);
      adam.update(model, result.gradsByName());
      MX.eval(model, adam); // expect: retained-temporaries
      result.closeGrads();
    }
  }

  /** Case: eval before astype vs after (64x16MiB). */
  private List<Array> load() {
    Map<String, Array> loaded = MX.load(file);
    MX.eval(loaded); // expect: eval-before-cast
    List<Array> halves = new ArrayList<>();
    for (Array tensor : loaded.values()) {
      halves.add(tensor.astype(MX.float16));
    }
    MX.eval(halves);
    return halves;
  }

  private static Array half(double scale, int... shape) {
    return Random.normal(shape).multiply(scale).astype(MX.float16);
  }
}
