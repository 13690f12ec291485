package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Masks and tables beside half precision. */
final class HalfMasks {

  /** Float16 cannot hold the number, so a plain one would be infinite. */
  static Array maskedFloat16(Array scores, Array mask) {
    return MX.where(mask, scores.astype(MX.float16), MX.array(-1e9));
  }

  static Array maskedBfloat16(Array scores, Array mask) {
    return MX.where(mask, scores.astype(MX.bfloat16), MX.array(-1e9)); // expect: scalar-array-upcast
  }

  static Array maskedByNumber(Array scores, Array mask) {
    return MX.where(mask, scores.astype(MX.bfloat16), -1e9);
  }

  /** The table follows the dtype of what it is added to. */
  static Array encoded(Array x) {
    DType dtype = x.dtype();
    Array rate = MX.arange(0.0, x.shape(1), 1.0).multiply(-0.1).exp().astype(dtype);
    Array table = MX.zeros(new int[] {x.shape(0), x.shape(1)}, dtype);
    return x.add(table).multiply(rate);
  }

  /** The noise does not. */
  static Array noisy(Array x) {
    Array noise = Random.uniform(-0.1, 0.1, new int[] {x.shape(0), x.shape(1)});
    return x.add(noise); // expect: default-dtype-creator
  }

  /** Through lists, maps and their functions. */
  static List<Array> scaled(List<Array> halves) {
    return halves.stream().map(h -> h.multiply(MX.array(0.5))).toList(); // expect: scalar-array-upcast
  }

  static Map<String, Array> shifted(Map<String, Array> halves) {
    return halves.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().add(1.0)));
  }

  /** Half and float32 in one list: what comes out of it is not known to be half. */
  static Array mixed(boolean first) {
    List<Array> both = List.of(Random.normal(4).astype(MX.float16), Random.normal(4));
    return both.get(first ? 0 : 1).multiply(MX.array(0.5));
  }

  public static void main(String[] args) {
    Array scores = Random.normal(8, 8);
    Array mask = MX.tri(8).greater(0.5);
    Array half = scores.astype(MX.float16);
    MX.eval(maskedFloat16(scores, mask), maskedBfloat16(scores, mask), maskedByNumber(scores, mask));
    System.out.println(encoded(half).dtype() + " " + noisy(half).dtype() + " " + mixed(true).dtype());
    System.out.println(scaled(List.of(half, half)).size() + shifted(Map.of("half", half)).size());
  }
}
