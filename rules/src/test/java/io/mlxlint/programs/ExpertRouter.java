package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.List;
import java.util.stream.IntStream;

/** A mixture of experts in bfloat16 whose router works in float32 and comes back. */
final class ExpertRouter {

  /** Two matrices and an activation between them. */
  record Expert(Array up, Array down) {
    static Expert random(int width) {
      return new Expert(Random.normal(width, 2 * width).multiply(0.1).astype(MX.bfloat16),
          Random.normal(2 * width, width).multiply(0.1).astype(MX.bfloat16));
    }

    Array run(Array x) {
      Array h = x.matmul(up);
      return h.multiply(MX.sigmoid(h)).matmul(down);
    }
  }

  /** Which experts a token goes to, and how much each counts. */
  record Routing(Array experts, Array weights) {}

  private final List<Expert> experts;
  private final Array gate;
  private final int used;

  ExpertRouter(int width, int count, int used) {
    experts = IntStream.range(0, count).mapToObj(_ -> Expert.random(width)).toList();
    gate = Random.normal(width, count).multiply(0.1);
    this.used = used;
  }

  /** Scores in float32: the gate is float32 and so is the input, by a cast. */
  private Routing route(Array x) {
    Array scores = MX.softmax(x.astype(MX.float32).matmul(gate), -1);
    Array order = MX.argsort(scores.negative(), -1).at(Index.ellipsis(), Index.to(used));
    Array chosen = MX.takeAlongAxis(scores, order, -1);
    Array sum = chosen.sum(-1, true).add(MX.array(1e-9));
    return new Routing(order, chosen.divide(sum).astype(x.dtype()));
  }

  Array forward(Array x) {
    Routing routing = route(x);
    Array out = MX.zerosLike(x);
    for (int e = 0; e < experts.size(); e++) {
      Array mine = MX.where(routing.experts().equal(e), routing.weights(), 0.0).sum(-1, true);
      out = out.add(experts.get(e).run(x).multiply(mine));
    }
    return out;
  }

  /** The float32 weights of the router meet the experts' results. */
  Array unfinished(Array x) {
    Array scores = MX.softmax(x.astype(MX.float32).matmul(gate), -1);
    return experts.getFirst().run(x).multiply(scores.at(Index.ellipsis(), Index.to(1)));
  }

  /** A loss that keeps the load even; small, so float32 is right. */
  Array balance(Array x) {
    Array scores = MX.softmax(x.astype(MX.float32).matmul(gate), -1);
    Array share = scores.mean(0);
    return share.multiply(MX.log(share.add(MX.array(1e-9)))).sum();
  }

  public static void main(String[] args) {
    ExpertRouter layer = new ExpertRouter(16, 4, 2);
    Array x = Random.normal(8, 16).astype(MX.bfloat16);
    System.out.println(layer.forward(x).dtype() + " " + layer.unfinished(x).dtype() + " "
        + layer.balance(x).dtype());
  }
}
