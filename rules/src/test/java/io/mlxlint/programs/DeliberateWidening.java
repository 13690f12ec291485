package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.NN;
import java.util.ArrayList;
import java.util.List;

/**
 * What is computed in float32 on purpose: sums that would overflow, routers, recurrences, gates and
 * thresholds. As several models of mlx-lm and mlx-vlm do it.
 */
final class DeliberateWidening {

  static Array clippedResidual(Array x, Array y) {
    if (x.dtype() != MX.float16) {
      return x.add(y);
    }
    double bound = MX.finfo(MX.float16).max();
    return x.astype(MX.float32).add(y.astype(MX.float32)).clip(-bound, bound).astype(MX.float16);
  }

  record Route(Array experts, Array scores) {}

  static final class Router {
    private final Array weight;
    private final Array correction;
    private final int groups;
    private final int keep;

    Router(int width, int experts, int groups, int keep) {
      weight = Random.normal(experts, width).astype(MX.float16);
      correction = MX.zeros(experts);
      this.groups = groups;
      this.keep = keep;
    }

    Route select(Array x, int top) {
      Array gates = x.matmul(weight.T());
      Array scores = MX.sigmoid(gates.astype(MX.float32)).add(correction);
      Array grouped = MX.unflatten(scores, -1, groups, -1);
      Array groupScores = MX.topk(grouped, 2, -1).sum(-1, true);
      int drop = groups - keep;
      Array dropped = MX.argpartition(groupScores, drop - 1, -2)
          .at(Index.ellipsis(), Index.to(drop), Index.all());
      grouped = MX.putAlongAxis(grouped, MX.broadcastTo(dropped, dropped.shape(0), drop, grouped.shape(2)),
          MX.array(0.0), -2);
      Array flat = MX.flatten(grouped, -2, -1);
      Array experts = MX.argpartition(flat.negative(), top - 1, -1).at(Index.ellipsis(), Index.to(top));
      Array chosen = MX.takeAlongAxis(flat, experts, -1);
      return new Route(experts, chosen.divide(chosen.sum(-1, true).add(1e-20)).multiply(2.5));
    }
  }

  /** State in float32, what goes on in the dtype that came in. */
  static final class DeltaNet {
    private final Array decayLog = MX.zeros(4);
    private final Array in = Random.normal(32, 3 * 32).multiply(0.1).astype(MX.bfloat16);
    private Array state;

    Array apply(Array x) {
      Array[] qkv = MX.split(x.matmul(in), 3, -1);
      Array decay = MX.exp(MX.exp(decayLog.astype(MX.float32)).negative()
          .multiply(NN.softplus(qkv[0].mean(-1, true))));
      List<Array> out = new ArrayList<>();
      if (state == null) {
        state = MX.zeros(MX.float32, 32, 32);
      }
      for (int t = 0; t < x.shape(0); t++) {
        state = state.multiply(decay.at(t).mean()).add(MX.outer(qkv[1].at(t), qkv[2].at(t)));
        out.add(state.matmul(qkv[0].at(t)).astype(x.dtype()));
      }
      return MX.stack(out, 0);
    }
  }

  static Array preciseSwiglu(Array h, Array gate, Array x) {
    return NN.silu(gate.astype(MX.float32)).multiply(x.astype(MX.float32)).astype(h.dtype());
  }

  static Array topSigma(Array logits, double n) {
    Array f = logits.astype(MX.float32);
    Array threshold = f.max(-1, true).subtract(f.std(-1, true).multiply(n));
    return MX.where(f.less(threshold), Double.NEGATIVE_INFINITY, logits);
  }

  static Array attention(Array q, Array k, Array v, Array mask) {
    Array scores = q.multiply(0.25).matmul(k.swapaxes(-1, -2));
    scores = MX.tanh(scores.divide(50.0)).multiply(50.0);
    scores = MX.where(mask, scores, MX.finfo(scores.dtype()).min());
    return MX.softmax(scores, -1, true).matmul(v);
  }

  public static void main(String[] args) {
    Array x = Random.normal(6, 32).astype(MX.float16);
    Array y = clippedResidual(x, Fast.rmsNorm(x, null, 1e-5));
    Route route = new Router(32, 16, 4, 2).select(y, 3);
    DeltaNet net = new DeltaNet();
    Array b = y.astype(MX.bfloat16);
    for (int i = 0; i < 3; i++) {
      b = net.apply(b);
      MX.eval(b, net.state);
    }
    Array mask = MX.tril(MX.ones(MX.bool, 6, 6));
    Array logits = attention(b, b, preciseSwiglu(b, b, b), mask);
    System.out.println(topSigma(logits, 1.0).dtype() + " " + route.scores().dtype());
  }
}
