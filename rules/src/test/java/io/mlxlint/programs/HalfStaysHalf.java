package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** Everything here looks like an upcast and is none. */
final class HalfStaysHalf {

  static Array run() {
    Array x = Random.normal(4, 8, 16).astype(MX.float16);
    // integers never widen half
    Array a = x.multiply(MX.array(2)).add(MX.arange(16)).subtract(MX.full(new int[] {16}, 1));
    // plain numbers are weak
    Array b = MX.where(a.greater(0.0), a, 0.0).divide(3.0);
    // the destination decides
    Array c = b.multiply(1);
    c.set(MX.zeros(8, 16), 0);
    c.set(0.5, 1);
    Array picked = MX.argmax(c, -1, true);
    Array d = MX.putAlongAxis(c, picked, MX.array(1.0), -1);
    Array e = d.atAdd(MX.ones(8, 16), 2);
    // the dtype is asked for
    Array f = e.add(MX.zeros(MX.float16, 16)).add(MX.array(0.1, MX.float16)).add(MX.onesLike(e));
    // comparisons give no float
    Array mask = f.less(MX.array(4.0));
    Array g = MX.where(mask, f, MX.zerosLike(f));
    // what half cannot hold
    Array penalty = g.subtract(MX.array(1.0e6));
    Array norm = Fast.rmsNorm(g, MX.ones(16).astype(g.dtype()), 1e-5);
    return norm.add(penalty.astype(MX.float16)).at(Index.all(), 0);
  }

  public static void main(String[] args) {
    System.out.println(run().dtype());
  }
}
