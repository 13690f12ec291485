package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import java.util.ArrayList;
import java.util.List;

/** Compiled functions that capture Java arrays and lists of arrays. */
final class CapturedHeads {

  private static Array run(Compiled f) {
    Array x = MX.zeros(8, 8);
    for (int step = 0; step < 5; step++) {
      x = f.apply(x);
      MX.eval(x);
    }
    return x;
  }

  static Array element(Array w) {
    Array[] heads = {w.matmul(w).tanh(), w.matmul(w).sin()};
    Compiled f = MX.compile(x -> x.add(heads[0]).multiply(heads[1])); // expect: lazy-capture
    return run(f);
  }

  static Array listed(Array w) {
    List<Array> heads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      heads.add(w.matmul(w).multiply(i).tanh());
    }
    Compiled f = MX.compile(x -> { // expect: lazy-capture
      Array y = x;
      for (Array h : heads) {
        y = y.add(h);
      }
      return y;
    });
    return run(f);
  }

  /** One of the two is computed, and the function takes the other one. */
  static Array other(Array w) {
    Array[] heads = new Array[2];
    heads[0] = w.matmul(w).tanh();
    MX.eval(heads[0]);
    heads[1] = w.matmul(w).sin();
    Compiled f = MX.compile(x -> x.add(heads[1])); // expect: lazy-capture
    return run(f);
  }

  static Array computed(Array w) {
    Array[] heads = {w.matmul(w).tanh(), w.matmul(w).sin()};
    MX.eval(heads);
    Compiled f = MX.compile(x -> x.add(heads[0]).multiply(heads[1]));
    return run(f);
  }

  static Array computedOneByOne(Array w) {
    List<Array> heads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Array head = w.matmul(w).multiply(i).tanh();
      MX.eval(head);
      heads.add(head);
    }
    Compiled f = MX.compile(x -> x.add(heads.get(0)).multiply(heads.get(1)));
    return run(f);
  }

  static Array computedElement(Array w) {
    Array[] heads = new Array[2];
    heads[0] = w.matmul(w).tanh();
    MX.eval(heads[0]);
    heads[1] = w.matmul(w).sin();
    Compiled f = MX.compile(x -> x.add(heads[0]).multiply(heads[1].shape(0)));
    return run(f);
  }

  private static void prepare(Array[] all) {
    for (Array a : all) {
      MX.eval(a);
    }
  }

  static Array computedElsewhere(Array w) {
    Array[] heads = {w.matmul(w).tanh(), w.matmul(w).sin()};
    prepare(heads);
    Compiled f = MX.compile(x -> x.add(heads[0]).multiply(heads[1]));
    return run(f);
  }

  /** Numbers that are made anew cost nothing. */
  static Array constants() {
    Array[] scales = {MX.full(new int[] {8}, 0.5), MX.full(new int[] {8}, 2.0)};
    Compiled f = MX.compile(x -> x.add(scales[0]).multiply(scales[1]));
    return run(f);
  }

  /** Called once. */
  static Array once(Array w) {
    Array[] heads = {w.matmul(w).tanh(), w.matmul(w).sin()};
    Compiled f = MX.compile(x -> x.add(heads[0]).multiply(heads[1]));
    return f.apply(w);
  }

  public static void main(String[] args) {
    Array w = MX.full(new int[] {8, 8}, 0.1);
    for (Array[] all : new Array[][] {{element(w), listed(w), other(w)}, {computed(w), computedOneByOne(w)},
        {computedElement(w), computedElsewhere(w), constants(), once(w)}}) {
      System.out.printf("%.4f%n", MX.stack(all).sum().item());
    }
  }
}
