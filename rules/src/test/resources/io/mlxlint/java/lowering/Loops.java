package demo;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.ArrayList;
import java.util.List;

class Loops {
  static final int STEPS = 10;
  private Array weight = MX.zeros(3, 4);
  private final List<Array> history = new ArrayList<>();

  double read(Array x, int n) {
    double total = 0;
    for (int i = 0; i < STEPS; i++) {
      Array y = x.multiply(2.0).add(weight);
      if (y.dtype() == MX.float16 && n > 3) {
        y = y.astype(MX.float32);
      }
      total += y.sum().item();
      history.add(y);
    }
    return total;
  }

  void nested(Array x) {
    outer:
    for (Array row : x) {
      int k = 0;
      while (true) {
        if (row.max().item() > k) {
          continue outer;
        }
        if (k++ == 7) {
          break outer;
        }
      }
    }
    do {
      x = x.exp();
    } while (x.itemBoolean());
    for (Array h : history) {
      System.out.println("h " + h);
    }
  }
}
