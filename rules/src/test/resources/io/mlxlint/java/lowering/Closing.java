package demo;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.List;
import java.util.function.Function;

class Closing {
  record Pair(Array left, double scale) {}

  private Array weight;
  private List<Array> history;

  double scopes(Array x, int n) {
    Pair p = new Pair(x, 3);
    MX.eval(p.left(), weight);
    weight = MX.tidy(() -> x.add(p.left()).exp());
    Function<Array, Array> f = v -> v.exp().multiply(p.scale());
    try (var s = MX.scope()) {
      weight.set(f.apply(x), 0);
      if (n == 2) {
        return 5;
      }
    }
    try (Array y = x.exp()) {
      MX.asyncEval(y);
    }
    var list = history.stream().map(Array::exp).map(q -> q.add(1)).toList();
    list.get(0).close();
    return 0;
  }

  Array caught(Array x) {
    Array y = x;
    try {
      y = x.exp();
      y = y.reshape(3, 4);
    } catch (IllegalArgumentException e) {
      y = y.abs();
    } finally {
      MX.eval(y);
    }
    return y;
  }
}
