package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** Reads in the arms of switches: of elements, one of several figures, one beside another. */
final class SwitchedReads {
  private SwitchedReads() {}

  enum Mode { RAW, SCALED, SKIPPED }

  sealed interface Event permits Reward, Penalty {}

  record Reward(int at, double factor) implements Event {}

  record Penalty(int at) implements Event {}

  static double blocks(Array xs, Mode mode) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      sum += switch (mode) {
        case RAW -> xs.at(i).item(); // expect: host-read-in-loop
        case SCALED -> {
          double x = xs.at(i).item(); // expect: host-read-in-loop
          yield x > 0 ? x * 0.5 : x;
        }
        case SKIPPED -> 0;
      };
    }
    return sum;
  }

  static double yields(Array xs, int kind) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      double x = switch (kind) {
        case 0:
          yield xs.at(i).item(); // expect: host-read-in-loop
        case 1: {
          int last = xs.shape(0) - 1;
          yield xs.at(last - i).item(); // expect: host-read-in-loop
        }
        default:
          yield i;
      };
      sum += x;
    }
    return sum;
  }

  static double statement(Array xs, Mode mode) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      switch (mode) {
        case RAW -> sum += xs.at(i).item(); // expect: host-read-in-loop
        case SCALED -> {
          sum += 0.5 * xs.at(i).item(); // expect: host-read-in-loop
        }
        case SKIPPED -> {
          continue;
        }
      }
    }
    return sum;
  }

  static double patterns(Array xs, List<Event> events) {
    double sum = 0;
    for (Event event : events) {
      sum += switch (event) {
        case Reward(int at, double factor) when factor > 1 -> {
          double x = xs.at(at).item(); // expect: host-read-in-loop
          yield x * factor;
        }
        case Reward r -> xs.at(r.at()).item(); // expect: host-read-in-loop
        case Penalty p -> -xs.at(p.at()).item(); // expect: host-read-in-loop
      };
    }
    return sum;
  }

  static int selected(Array kinds) {
    int sum = 0;
    for (int i = 0; i < kinds.shape(0); i++) {
      sum += switch (kinds.at(i).itemInt()) { // expect: host-read-in-loop
        case 0 -> 1;
        case 1 -> {
          int square = i * i;
          yield square;
        }
        default -> 0;
      };
    }
    return sum;
  }

  static List<Double> mapped(Array xs, Mode mode) {
    List<Double> out = new ArrayList<>();
    List.of(0, 1, 2, 3).forEach(i -> out.add(switch (mode) {
      case RAW, SCALED -> {
        double x = xs.at(i).item(); // expect: host-read-in-loop
        yield x;
      }
      case SKIPPED -> 0.0;
    }));
    return out;
  }

  /** One kind of elements may be most of them. */
  static double kinds(Array xs, int[] kinds) {
    double sum = 0;
    for (int i = 0; i < kinds.length; i++) {
      sum += switch (kinds[i]) {
        case 0 -> xs.at(i).item(); // expect: host-read-in-loop
        case 1 -> {
          double x = xs.at(i).item(); // expect: host-read-in-loop
          yield -x;
        }
        default -> 0;
      };
    }
    return sum;
  }

  static double masked(Array xs, int[] mask, Mode mode) {
    double sum = 0;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] == 1) {
        sum += xs.at(i).item(); // expect: host-read-in-loop
      }
      if (mode == Mode.SCALED) {
        sum -= xs.at(i).item(); // expect: host-read-in-loop
      }
    }
    return sum;
  }

  /** The one with this name. */
  static double named(Array xs, String[] names, String name) {
    double x = 0;
    for (int i = 0; i < names.length; i++) {
      if (names[i] == name) {
        x = xs.at(i).item();
      }
    }
    return x;
  }

  /** The first one, and the one that is not there yet. */
  static double once(Array xs, Double[] known) {
    double sum = 0;
    int first = 0;
    for (int i = 0; i < known.length; i++) {
      if (i == first) {
        sum += xs.at(i).item();
      }
      if (known[i] == null) {
        known[i] = xs.at(i).item();
      }
    }
    return sum;
  }

  /** The second figure of the step is read in every arm. */
  static double beside(int steps, Mode mode) {
    Array x = Random.normal(16, 16);
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      x = x.multiply(0.9).tanh();
      double mean = x.mean().item();
      double top = switch (mode) {
        case RAW -> 1;
        case SCALED, SKIPPED -> 2;
      };
      sum += mean * top * x.std().item(); // expect: host-read-in-loop
    }
    return sum;
  }

  /** Once for each step, whichever figure it is. */
  static double oneOf(int steps, Mode mode) {
    Array x = Random.normal(16, 16);
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      x = x.multiply(0.9).tanh();
      sum += switch (mode) {
        case RAW -> x.mean().item();
        case SCALED -> {
          Array half = x.multiply(0.5);
          yield half.std().item();
        }
        case SKIPPED -> x.square().sum().item();
      };
    }
    return sum;
  }

  /** What is read first decides which figure is needed at all. */
  static double decided(int steps) {
    Array x = Random.normal(16, 16);
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      x = x.multiply(0.9).add(Random.normal(16, 16));
      sum += switch (x.argmax().itemInt() % 3) {
        case 0 -> {
          double mean = x.mean().item();
          yield mean;
        }
        case 1 -> x.std().item();
        default -> 0;
      };
    }
    return sum;
  }

  /** Every tenth time. */
  static double seldom(Array xs) {
    double sum = 0;
    for (int i = 0; i < xs.shape(0); i++) {
      sum += switch (i % 10) {
        case 0 -> {
          double x = xs.at(i).item();
          yield x;
        }
        default -> 0;
      };
    }
    return sum;
  }

  /** An arm that leaves the loop reads once. */
  static double found(Array xs, int[] kinds) {
    for (int i = 0; i < kinds.length; i++) {
      switch (kinds[i]) {
        case 0 -> {
          return xs.at(i).item();
        }
        case 1 -> {
        }
        default -> throw new IllegalArgumentException("unknown kind " + kinds[i]);
      }
    }
    return 0;
  }

  /** What is read decides which element is next. */
  static int walk(Array next, Mode mode, int steps) {
    int at = 0;
    for (int i = 0; i < steps; i++) {
      at = switch (mode) {
        case RAW -> next.at(at).itemInt();
        case SCALED -> {
          int to = next.at(at).itemInt();
          yield to / 2;
        }
        case SKIPPED -> at + 1;
      };
    }
    return at;
  }

  /** The numbers were read before the loop. */
  static double before(Array xs, Mode mode) {
    double[] all = xs.toDoubleArray();
    double sum = 0;
    for (int i = 0; i < all.length; i++) {
      sum += switch (mode) {
        case RAW -> all[i];
        case SCALED -> {
          double x = all[i];
          yield x * 0.5;
        }
        case SKIPPED -> 0;
      };
    }
    return sum;
  }

  public static void main(String[] args) {
    Random.seed(4);
    Array xs = Random.normal(12);
    Array kinds = MX.array(new int[] {0, 1, 2, 1, 0});
    for (Mode mode : Mode.values()) {
      System.out.println(blocks(xs, mode) + " " + statement(xs, mode) + " " + mapped(xs, mode) + " "
          + before(xs, mode) + " " + walk(kinds, mode, 3) + " " + beside(20, mode) + " " + oneOf(20, mode));
    }
    System.out.println(yields(xs, 0) + " " + yields(xs, 1) + " " + yields(xs, 2));
    System.out.println(patterns(xs, List.of(new Reward(1, 2.0), new Reward(2, 0.5), new Penalty(3))));
    int[] numbers = kinds.toIntArray();
    String[] names = {"a", "b"};
    System.out.println(kinds(xs, numbers) + " " + masked(xs, numbers, Mode.SCALED) + " "
        + named(xs, names, names[1]) + " " + once(xs, new Double[2]));
    System.out.println(selected(kinds) + " " + decided(20) + " " + seldom(xs) + " "
        + found(xs, new int[] {1, 0}));
  }
}
