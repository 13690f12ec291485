package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.op.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Models that are loaded, evaluated in full and converted by their callers. After a fix in mlx-lm. */
final class ModelsToHalf {

  static final class Net extends Module {
    private final Linear up = new Linear(8, 16);
    private final Linear down = new Linear(16, 8);

    @Override
    protected Array forward(Array x) {
      return down.apply(NN.relu(up.apply(x)));
    }
  }

  private static Net load(Path file) {
    Net net = new Net();
    net.loadWeights(file);
    MX.eval(net); // expect: eval-before-cast
    return net;
  }

  static void convert(Path from, Path to, DType dtype) {
    Net net = load(from);
    net.setDtype(dtype);
    net.saveWeights(to);
  }

  static Map<String, Array> parameters(Path from) {
    Net net = new Net();
    net.loadWeights(from);
    MX.eval(net.parameters()); // expect: eval-before-cast
    Map<String, Array> half = new LinkedHashMap<>();
    net.parameters().forEach((name, p) -> half.put(name, p.astype(MX.float16)));
    return half;
  }

  private static Net ready(Path file) {
    Net net = new Net();
    net.loadWeights(file);
    MX.eval(net);
    return net;
  }

  /** One of two callers runs it as it is. */
  static Array full(Path file, Array x) {
    return ready(file).apply(x);
  }

  static Array half(Path file, Array x) {
    Net net = ready(file);
    net.setDtype(MX.bfloat16);
    return net.apply(x.astype(MX.bfloat16));
  }

  /** Compared with the one in full. */
  static double error(Path file, Array x) {
    Net net = new Net();
    net.loadWeights(file);
    MX.eval(net);
    Array y = net.apply(x);
    net.setDtype(MX.float16);
    return y.subtract(net.apply(x.astype(MX.float16))).abs().max().item();
  }

  /** Nothing was loaded. */
  static Net fresh() {
    Net net = new Net();
    MX.eval(net);
    net.setDtype(MX.float16);
    return net;
  }

  /** Cast before. */
  static Net lazily(Path file) {
    Net net = new Net();
    net.loadWeights(file);
    net.setDtype(MX.float16);
    MX.eval(net);
    return net;
  }

  public static void main(String[] args) throws IOException {
    Path file = Files.createTempDirectory("net").resolve("full.safetensors");
    new Net().saveWeights(file);
    Path to = file.resolveSibling("half.safetensors");
    convert(file, to, MX.float16);
    Array x = MX.ones(1, 8);
    System.out.println(MX.load(to).keySet().equals(parameters(file).keySet()) + " " + full(file, x).dtype());
    System.out.println(half(file, x).dtype() + " " + (error(file, x) < 1) + fresh().apply(x).shape()
        + lazily(file).apply(x).shape());
  }
}
