package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.op.DType;
import java.util.ArrayList;
import java.util.List;

/** A state space layer: half precision outside, the recurrence in float32 because half would drift. */
final class StateSpaceHalf {
  private final Array decay;
  private final Array in;
  private final Array out;

  StateSpaceHalf(int width, DType dtype) {
    decay = Random.uniform(0.9, 0.999, new int[] {width});
    in = Random.normal(width, width).multiply(0.05).astype(dtype);
    out = Random.normal(width, width).multiply(0.05).astype(dtype);
  }

  Array apply(Array x) {
    DType dtype = x.dtype();
    Array u = x.matmul(in).astype(MX.float32);
    Array state = MX.zeros(x.shape(0), x.shape(2));
    Array rate = MX.array(0.5);
    List<Array> states = new ArrayList<>();
    for (int t = 0; t < x.shape(1); t++) {
      state = state.multiply(decay).add(u.at(Index.all(), t).multiply(rate));
      states.add(state);
    }
    return MX.stack(states, 1).astype(dtype).matmul(out);
  }

  /** A router needs float32, too. */
  static Array route(Array x, Array gate) {
    Array scores = x.astype(MX.float32).matmul(gate.astype(MX.float32));
    return MX.softmax(scores.add(MX.full(new int[] {1}, 1e-6)), -1);
  }

  public static void main(String[] args) {
    StateSpaceHalf layer = new StateSpaceHalf(64, MX.bfloat16);
    Array x = Random.normal(2, 30, 64).astype(MX.bfloat16);
    Array y = layer.apply(x);
    Array weights = route(y, Random.normal(64, 4).astype(MX.bfloat16));
    System.out.println(y.dtype() + " " + weights.sum().item());
  }
}
