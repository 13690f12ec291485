package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;

/** Three ways to count right answers. */
final class Accuracy {
  private final Module model;

  Accuracy(Module model) {
    this.model = model;
  }

  private static boolean isRight(Array predicted, Array labels, int i) {
    // expect: host-read-in-loop, host-read-in-loop
    return predicted.at(i).itemInt() == labels.at(i).itemInt();
  }

  /** Example by example, in a method of its own. */
  double oneByOne(Array x, Array labels) {
    Array predicted = model.apply(x).argmax(-1);
    int right = 0;
    for (int i = 0; i < labels.shape(0); i++) {
      if (isRight(predicted, labels, i)) {
        right++;
      }
    }
    return right / (double) labels.shape(0);
  }

  /** One number per batch: nothing to gain. */
  double byBatch(Array[] xs, Array[] labels) {
    double right = 0;
    long all = 0;
    for (int i = 0; i < xs.length; i++) {
      Array equal = model.apply(xs[i]).argmax(-1).equal(labels[i]);
      right += equal.sum().itemLong();
      all += equal.size();
    }
    return right / all;
  }

  /** On the device until the end, computed batch by batch. */
  double onTheDevice(Array[] xs, Array[] labels) {
    Array right = MX.array(0);
    long all = 0;
    for (int i = 0; i < xs.length; i++) {
      right = right.add(model.apply(xs[i]).argmax(-1).equal(labels[i]).sum());
      MX.eval(right);
      all += labels[i].size();
    }
    return right.item() / all;
  }

  /** A confusion table on the host. */
  int[][] table(Array x, Array labels, int classes) {
    Array predicted = model.apply(x).argmax(-1);
    MX.eval(predicted);
    int[] p = predicted.toIntArray();
    int[] l = labels.toIntArray();
    int[][] table = new int[classes][classes];
    for (int i = 0; i < p.length; i++) {
      table[l[i]][p[i]]++;
    }
    return table;
  }

  public static void main(String[] args) {
    Accuracy accuracy = new Accuracy(new Linear(8, 3));
    Array x = Random.normal(50, 8);
    Array y = Random.randint(0, 3, new int[] {50});
    Array[] xs = x.split(5, 0);
    Array[] ys = y.split(5, 0);
    System.out.println(accuracy.oneByOne(x, y) + " " + accuracy.byBatch(xs, ys) + " "
        + accuracy.onTheDevice(xs, ys) + " " + accuracy.table(x, y, 3).length);
  }
}
