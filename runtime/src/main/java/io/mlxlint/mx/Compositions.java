package io.mlxlint.mx;

import io.mlxlint.op.Converting;
import io.mlxlint.op.DType;

/** Element-wise functions of {@link MX} that take more than one operation, or whose parameters need work. */
final class Compositions {

  private Compositions() {}

  static Array round(Array a, int decimals) {
    if (decimals == 0 || !a.dtype().isInexact() && decimals > 0) {
      return MX.round(a);
    }
    DType wide = a.dtype().toInexact();
    double scale = Math.pow(10, decimals);
    Array scaled = MX.multiply(MX.astype(a, wide), scale);
    return MX.astype(MX.multiply(MX.round(scaled), 1 / scale), a.dtype());
  }

  static Array isclose(Array a, Array b, double rtol, double atol, boolean equalNan) {
    Array near = MX.lessEqual(MX.abs(MX.subtract(a, b)), MX.add(MX.multiply(MX.abs(b), rtol), atol));
    Array infinite = MX.logicalOr(MX.isinf(a), MX.isinf(b));
    Array out = MX.logicalOr(MX.logicalAnd(near, MX.logicalNot(infinite)),
        MX.logicalAnd(infinite, MX.equal(a, b)));
    return equalNan ? MX.logicalOr(out, MX.logicalAnd(MX.isnan(a), MX.isnan(b))) : out;
  }

  static Array arrayEqual(Array a, Array b, boolean equalNan) {
    if (!a.shape().equals(b.shape())) {
      return MX.array(false);
    }
    Array same = MX.equal(a, b);
    return MX.all(equalNan ? MX.logicalOr(same, MX.logicalAnd(MX.isnan(a), MX.isnan(b))) : same);
  }

  static Array nanToNum(Array a, double nan, Double posinf, Double neginf) {
    if (!a.dtype().isInexact()) {
      return a.handle();
    }
    if (a.dtype().isComplex()) {
      throw new IllegalArgumentException("nan_to_num takes no complex64, which has no largest number");
    }
    double max = a.dtype().largest();
    Array out = MX.where(MX.isnan(a), nan, a);
    out = MX.where(MX.isposinf(a), posinf == null ? max : posinf, out);
    return MX.where(MX.isneginf(a), neginf == null ? -max : neginf, out);
  }

  static Array clip(Array a, Array min, Array max) {
    if (min == null && max == null) {
      throw new IllegalArgumentException("clip needs a lower or an upper bound");
    }
    Converting.Clip op = new Converting.Clip(min != null, max != null);
    return min == null ? Array.apply(op, a, max) : max == null ? Array.apply(op, a, min)
        : Array.apply(op, a, min, max);
  }
}
