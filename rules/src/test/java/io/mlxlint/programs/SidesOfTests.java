package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.Arrays;
import java.util.List;

/** Tests of which one side runs in few iterations, and the other one in nearly all. */
final class SidesOfTests {

  static double named(Array xs, List<String> names) {
    double sum = 0;
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i) == null) {
        continue;
      }
      sum += xs.at(i).item(); // expect: host-read-in-loop
    }
    return sum;
  }

  /** The numbers that are asked for are few. */
  static double nameless(Array xs, List<String> names) {
    double sum = 0;
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i) != null) {
        continue;
      }
      sum += xs.at(i).item();
    }
    return sum;
  }

  static double butEveryTenth(Array xs) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      if (i % 10 == 0) {
        continue;
      }
      sum += xs.at(i).item(); // expect: host-read-in-loop
    }
    return sum;
  }

  static double everyTenth(Array xs) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      if (i % 10 != 0) {
        continue;
      }
      sum += xs.at(i).item();
    }
    return sum;
  }

  static double eitherWay(Array xs) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      if (!(i % 10 != 0)) {
        sum -= 1;
      } else {
        sum += xs.at(i).item(); // expect: host-read-in-loop
      }
    }
    return sum;
  }

  static double otherWay(Array xs) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      if (i % 10 > 0) {
        sum -= 1;
      } else {
        sum += xs.at(i).item();
      }
    }
    return sum;
  }

  /** What is asked for has a name. */
  static double skipped(Array xs) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      boolean skip = i == 0 || (i & 15) == 15;
      if (!skip) {
        sum += xs.at(i).item(); // expect: host-read-in-loop
      }
    }
    return sum;
  }

  static double reported(Array xs, int last) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      boolean report = i % 10 == 0 || i == last;
      if (report) {
        sum += xs.at(i).item();
      }
    }
    return sum;
  }

  static double first(Array xs) {
    double least = 0;
    boolean isFirst = true;
    for (int i = 0; i < xs.shape(0); i++) {
      if (isFirst) {
        least = xs.at(i).item();
      }
      isFirst = false;
      least -= i;
    }
    return least;
  }

  static double rest(Array xs) {
    double sum = 0;
    boolean isFirst = true;
    for (int i = 0; i < xs.shape(0); i++) {
      if (!isFirst) {
        sum += xs.at(i).item(); // expect: host-read-in-loop
      }
      isFirst = false;
    }
    return sum;
  }

  /** Once it is off, it stays so; until then it is on each time. */
  static double untilOff(Array xs, int end) {
    double sum = 0;
    boolean isOn = true;
    for (int i = 0; i < xs.shape(0); i++) {
      if (isOn) {
        sum += xs.at(i).item(); // expect: host-read-in-loop
      }
      if (i > end) {
        isOn = false;
      }
    }
    return sum;
  }

  /** A step that is no report is cut short; the state is evaluated in each. */
  static Array steps(Array start, int steps) {
    Array x = start;
    for (int step = 0; step < steps; step++) {
      x = x.multiply(0.9).tanh();
      MX.eval(x);
      if (step % 10 != 0) {
        continue;
      }
      System.out.printf("%.3f %.3f%n", x.mean().item(), x.max().item());
    }
    return x;
  }

  public static void main(String[] args) {
    Array xs = MX.arange(0.0, 20.0, 1.0);
    List<String> names = Arrays.asList("a", null, "b", "c", null);
    System.out.println(named(xs, names) + nameless(xs, names) + butEveryTenth(xs) + everyTenth(xs));
    System.out.println(eitherWay(xs) + otherWay(xs) + skipped(xs) + reported(xs, 19));
    System.out.println(first(xs) + rest(xs) + untilOff(xs, 9) + steps(xs, 11).sum().item());
  }
}
