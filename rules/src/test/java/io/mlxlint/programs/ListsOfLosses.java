package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lazy arrays in lists and Java arrays, read one by one or computed together. */
final class ListsOfLosses {

  private static Array loss(Array w, int i) {
    return w.multiply(i).tanh().sum();
  }

  static double iterated(Array w) {
    List<Array> losses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      losses.add(loss(w, i));
    }
    double sum = 0;
    for (Array l : losses) {
      sum += l.item(); // expect: host-read-in-loop
    }
    return sum;
  }

  static double byIndex(Array w) {
    List<Array> losses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      losses.add(loss(w, i));
    }
    double most = 0;
    for (int i = 1; i < losses.size(); i++) {
      most = Math.max(most, losses.get(i).item()); // expect: host-read-in-loop
    }
    return most;
  }

  static double inJavaArray(Array w) {
    Array[] losses = new Array[20];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = loss(w, i);
    }
    double[] numbers = new double[losses.length];
    for (int i = 0; i < losses.length; i++) {
      numbers[i] = losses[i].item(); // expect: host-read-in-loop
    }
    return Arrays.stream(numbers).sum();
  }

  static double streamed(Array w) {
    List<Array> losses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      losses.add(loss(w, i));
    }
    return losses.stream().mapToDouble(Array::item).sum(); // expect: host-read-in-loop
  }

  static void printed(Array w) {
    Array[] figures = {w.sum(), w.mean(), w.max()};
    for (Array f : figures) {
      System.out.printf("%.3f%n", f.item()); // expect: host-read-in-loop
    }
  }

  static double byName(Array w) {
    Map<String, Array> figures = new LinkedHashMap<>();
    figures.put("sum", w.sum());
    figures.put("mean", w.mean());
    figures.put("max", w.max());
    double sum = 0;
    for (String name : List.of("sum", "mean", "max")) {
      sum += figures.get(name).item(); // expect: host-read-in-loop
    }
    return sum;
  }

  /** Each epoch has a list of its own. */
  static double epochs(Array w, int epochs) {
    double last = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      List<Array> losses = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        losses.add(loss(w, i + epoch));
      }
      last = 0;
      for (Array l : losses) {
        last += l.item(); // expect: host-read-in-loop
      }
    }
    return last;
  }

  static double together(Array w) {
    List<Array> losses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      losses.add(loss(w, i));
    }
    MX.eval(losses);
    double sum = 0;
    for (Array l : losses) {
      sum += l.item();
    }
    return sum;
  }

  static double whenAdded(Array w) {
    List<Array> losses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Array loss = loss(w, i);
      MX.eval(loss);
      losses.add(loss);
    }
    return losses.stream().mapToDouble(Array::item).sum();
  }

  static double submitted(Array w) {
    List<Array> losses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      losses.add(MX.asyncEval(loss(w, i)));
    }
    double sum = 0;
    for (Array l : losses) {
      sum += l.item();
    }
    return sum;
  }

  /** The last one is made of all others. */
  static double chained(Array w) {
    List<Array> states = new ArrayList<>();
    Array x = w.sum();
    for (int i = 0; i < 20; i++) {
      x = x.multiply(0.5).tanh();
      states.add(x);
    }
    MX.eval(x);
    double sum = 0;
    for (Array s : states) {
      sum += s.item();
    }
    return sum;
  }

  /** Computed with what is made of them. */
  static double stacked(Array w) {
    Array[] losses = new Array[20];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = loss(w, i);
    }
    double sum = MX.stack(losses).mean().item();
    for (Array l : losses) {
      sum += l.item();
    }
    return sum;
  }

  /** What was read decides what comes next. */
  static double inTurn(Array w) {
    Deque<Array> open = new ArrayDeque<>();
    open.add(loss(w, 1));
    double sum = 0;
    for (int i = 0; i < 20; i++) {
      double last = open.removeFirst().item();
      sum += last;
      open.add(w.multiply(last).sum());
    }
    return sum;
  }

  static double pair(Array w) {
    Array[] ends = {w.min(), w.max()};
    double sum = 0;
    for (Array e : ends) {
      sum += e.item();
    }
    return sum;
  }

  /** The first one is mostly good enough. */
  static int search(Array w) {
    List<Array> losses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      losses.add(loss(w, i));
    }
    for (int i = 0; i < losses.size(); i++) {
      if (losses.get(i).item() > 0.1) {
        return i;
      }
    }
    return -1;
  }

  /** Few of them are asked for. */
  static double some(Array w, boolean[] wanted) {
    List<Array> losses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      losses.add(loss(w, i));
    }
    double sum = 0;
    for (int i = 0; i < losses.size(); i++) {
      if (wanted[i]) {
        sum += losses.get(i).item();
      }
    }
    return sum;
  }

  /** Numbers that came from the host. */
  static double given() {
    List<Array> numbers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      numbers.add(MX.array(i));
    }
    double sum = 0;
    for (Array n : numbers) {
      sum += n.item();
    }
    return sum;
  }

  private static void compute(List<Array> all) {
    all.forEach(MX::eval);
  }

  /** A method may have computed them. */
  static double handed(Array w) {
    List<Array> losses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      losses.add(loss(w, i));
    }
    compute(losses);
    double sum = 0;
    for (Array l : losses) {
      sum += l.item();
    }
    return sum;
  }

  /** Waits of its own in each epoch but the first one would be none. */
  static double again(Array w, int epochs) {
    List<Array> losses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      losses.add(loss(w, i));
    }
    double sum = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (Array l : losses) {
        sum += l.item();
      }
    }
    return sum;
  }

  public static void main(String[] args) {
    Array w = MX.arange(0.0, 1.0, 0.1);
    printed(w);
    System.out.printf("%.4f %.4f %.4f %.4f %.4f%n", iterated(w), byIndex(w), inJavaArray(w), streamed(w),
        byName(w));
    System.out.printf("%.4f %.4f %.4f %.4f %.4f%n", epochs(w, 2), together(w), whenAdded(w), submitted(w),
        chained(w));
    System.out.printf("%.4f %.4f %.4f %d %.4f%n", stacked(w), inTurn(w), pair(w), search(w),
        some(w, new boolean[20]));
    System.out.printf("%.4f %.4f %.4f%n", given(), handed(w), again(w, 2));
  }
}
