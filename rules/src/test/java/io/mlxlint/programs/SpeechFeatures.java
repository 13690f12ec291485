package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** Windows and filters in float32, cast once for a half-precision encoder. */
final class SpeechFeatures {
  private static final int WIDTH = 64;

  private final Array window;
  private final Array filters;
  private final Array floor;

  SpeechFeatures(int bands) {
    Array at = MX.arange(WIDTH).multiply(2 * Math.PI / (WIDTH - 1));
    window = MX.subtract(0.5, MX.cos(at).multiply(0.5));
    filters = MX.abs(Random.normal(WIDTH, bands));
    floor = MX.array(1e-10);
  }

  private List<Array> frames(Array signal, int step) {
    List<Array> frames = new ArrayList<>();
    for (int from = 0; from + WIDTH <= signal.shape(0); from += step) {
      frames.add(signal.at(Index.slice(from, from + WIDTH)).multiply(window));
    }
    return frames;
  }

  /** Logarithms of small numbers: float32 until the end. */
  Array features(float[] samples, int step) {
    Array signal = MX.array(samples).divide(32768.0);
    Array spectrum = MX.stack(frames(signal, step), 0).square().matmul(filters);
    Array logs = MX.log10(MX.maximum(spectrum, floor));
    Array scaled = logs.subtract(logs.max()).add(8.0).divide(4.0);
    return scaled.astype(MX.float16);
  }

  /** The encoder's side: everything that meets the features follows them. */
  static Array encode(Array features, Array weight) {
    Array positions = MX.arange(features.shape(0)).expandDims(-1).astype(features.dtype());
    Array shifted = features.add(MX.sin(positions.multiply(0.01)));
    Array hidden = MX.tanh(shifted.matmul(weight.astype(features.dtype())));
    Array mask = MX.any(features.greater(-1), -1, true);
    return MX.where(mask, hidden, 0);
  }

  /** Reported to people, so precise and on the host. */
  static double energy(Array features) {
    return features.astype(MX.float32).add(MX.array(1.0)).square().sum().item();
  }

  public static void main(String[] args) {
    float[] samples = new float[1024];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (1000 * Math.sin(i * 0.1));
    }
    Array features = new SpeechFeatures(16).features(samples, 32);
    Array encoded = encode(features, Random.normal(16, 8));
    System.out.println(features.dtype() + " " + encoded.dtype() + " " + energy(features));
  }
}
