package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Eight-bit weights with half-precision scales: integers and booleans widen nothing. */
final class QuantizeHelpers {
  private static final int LEVELS = 127;

  record Packed(Array codes, Array scales, Array offsets) {
    long nbytes() {
      return codes.nbytes() + scales.nbytes() + offsets.nbytes();
    }
  }

  static Packed pack(Array w) {
    Array high = MX.max(w, -1, true);
    Array low = MX.min(w, -1, true);
    Array scales = high.subtract(low).divide(2 * LEVELS);
    Array offsets = high.add(low).divide(2);
    Array codes = MX.clip(MX.round(w.subtract(offsets).divide(scales)), -LEVELS, LEVELS).astype(MX.int8);
    return new Packed(codes, scales, offsets);
  }

  static Array unpack(Packed packed) {
    return packed.codes().multiply(packed.scales()).add(packed.offsets());
  }

  /** Four bits in a byte: shifts and masks of integers, then one product with the scale. */
  static Array nibbles(Array bytes, Array scale) {
    Array low = bytes.bitwiseAnd(15);
    Array high = bytes.rightShift(4);
    Array both = MX.stack(new Array[] {low, high}, -1).flatten();
    return both.astype(scale.dtype()).subtract(8).multiply(scale);
  }

  /** A table of sixteen values; made as asked, so lookups are half. */
  static Array table(DType dtype) {
    float[] values = new float[16];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.tanh((i - 7.5) / 4);
    }
    return MX.array(values, dtype);
  }

  static Array lookedUp(Array bytes, Array scale) {
    Array values = MX.take(table(scale.dtype()), bytes.astype(MX.int32), 0);
    return values.multiply(scale);
  }

  /** The largest error, in float32 because it is compared over many layers. */
  static double error(Array w, Packed packed) {
    Array difference = w.astype(MX.float32).subtract(unpack(packed).astype(MX.float32));
    return MX.max(MX.abs(difference)).multiply(MX.array(100.0)).item();
  }

  public static void main(String[] args) {
    Map<String, Array> weights = new TreeMap<>();
    for (String name : Arrays.asList("q", "k", "v")) {
      weights.put(name, Random.normal(16, 32).astype(MX.float16));
    }
    double worst = 0;
    for (Array w : weights.values()) {
      worst = Math.max(worst, error(w, pack(w)));
    }
    Array bytes = Random.randint(0, 256, new int[] {32}).astype(MX.uint8);
    Array scale = weights.get("q").at(0, 0);
    System.out.println(worst + " " + nibbles(bytes, scale).dtype() + " "
        + lookedUp(bytes.bitwiseAnd(15), scale).dtype() + " " + unpack(pack(weights.get("k"))).dtype());
  }
}
