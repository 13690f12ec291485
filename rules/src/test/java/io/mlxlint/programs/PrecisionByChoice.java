package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.util.Locale;
import java.util.Map;

/** The precision is chosen when the program runs: nobody knows that anything is half. */
final class PrecisionByChoice {

  enum Precision {
    FULL(MX.float32), BRAIN(MX.bfloat16), HALF(MX.float16);

    final DType dtype;

    Precision(DType dtype) {
      this.dtype = dtype;
    }

    static Precision of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  private final Array weight;
  private final Precision precision;

  PrecisionByChoice(Precision precision, int width) {
    this.precision = precision;
    weight = Random.normal(width, width).astype(precision.dtype);
  }

  /** Float32 for one of the choices, so this may be what is wanted. */
  Array project(Array x) {
    return x.astype(precision.dtype).matmul(weight).multiply(MX.array(0.125));
  }

  static DType fromName(String name) {
    return switch (name) {
      case "float16", "half" -> MX.float16;
      case "bfloat16" -> MX.bfloat16;
      default -> MX.float32;
    };
  }

  Array shifted(Array x, String name) {
    Array y = x.astype(fromName(name));
    return y.add(MX.zeros(y.shape(-1)));
  }

  /** Half for long inputs only. */
  Array mixed(Array x) {
    Array y = x.shape(0) > 1000 ? x.astype(MX.float16) : x;
    return y.multiply(MX.array(2.0));
  }

  /** A table of dtypes. */
  static Array byTable(Array x, Map<String, DType> dtypes, String name) {
    return x.astype(dtypes.getOrDefault(name, MX.float32)).add(MX.array(1.0));
  }

  /** Called with both precisions: for one of them it is an upcast. */
  static Array centred(Array x) {
    return x.subtract(MX.array(0.5)); // expect: scalar-array-upcast
  }

  public static void main(String[] args) {
    Precision precision = Precision.of(args.length > 0 ? args[0] : "half");
    PrecisionByChoice layer = new PrecisionByChoice(precision, 8);
    Array x = Random.normal(4, 8);
    System.out.println(layer.project(x).dtype() + " " + layer.shifted(x, "bfloat16").dtype() + " "
        + layer.mixed(x).dtype() + " " + byTable(x, Map.of("a", MX.float16), "a").dtype());
    System.out.println(centred(x).dtype() + " " + centred(x.astype(MX.bfloat16)).dtype());
  }
}
