package demo;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;

class Choices {
  sealed interface Layer permits Dense, Norm {}

  record Dense(Array weight, Array bias) implements Layer {}

  record Norm(Array scale) implements Layer {}

  enum Mode { TRAIN, TEST }

  static final DType HALF = DType.FLOAT16;

  Array patterns(Layer layer, Array x) {
    return switch (layer) {
      case Dense(Array w, var b) when w.ndim() == 2 -> x.matmul(w).add(b);
      case Dense d -> x.multiply(d.weight());
      case Norm n -> {
        Array scaled = x.multiply(n.scale());
        yield scaled.astype(HALF);
      }
    };
  }

  double old(Mode mode, int n, Object o) {
    double result = 0;
    switch (mode) {
      case TRAIN:
        result += 1;
      case TEST:
        result += 2;
        break;
      default:
        return -1.5;
    }
    switch (n) {
      case 1, 2 -> result *= 2;
      default -> throw new IllegalStateException("n is " + n);
    }
    if (!(o instanceof Array a)) {
      return n > 0 && result > 3 || n == 7 ? result : n;
    }
    return a.item();
  }

  Array arrays(Array[] given, int[] sizes) {
    Array[] made = {given[0], given[1].exp()};
    made[0] = made[1];
    int[][] grid = new int[sizes.length][4];
    grid[1][2] += 3;
    Array x = (Array) lookup("x");
    x = x == null ? MX.zeros(2) : x;
    return MX.concatenate(made, 0).add(x).add(MX.array(new float[] {1, 2}));
  }

  Object lookup(String name) {
    return null;
  }
}
