package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import io.mlxlint.op.Unary;

/**
 * The operations of {@code mx.fast}: statistics and angles in float32, the rest in the dtype of the result.
 */
final class FusedLowering {

  private FusedLowering() {}

  static GraphNode rmsNorm(Build b, Fusing.RmsNorm op, GraphNode[] x, Spec out) {
    GraphNode wide = b.cast(x[0], statistics(out.dtype()));
    GraphNode normal = scaled(b, wide, wide, op.eps());
    return affine(b, b.cast(normal, out.dtype()), op.weighted() ? x[1] : null, null, x, out);
  }

  static GraphNode layerNorm(Build b, Fusing.LayerNorm op, GraphNode[] x, Spec out) {
    GraphNode wide = b.cast(x[0], statistics(out.dtype()));
    int[] last = {wide.spec().shape().rank() - 1};
    GraphNode centred = b.subtract(wide, StatisticLowering.mean(b, wide, last, true));
    GraphNode normal = b.cast(scaled(b, centred, centred, op.eps()), out.dtype());
    return affine(b, normal, op.weighted() ? x[1] : null, op.biased() ? x[x.length - 1] : null, x, out);
  }

  private static DType statistics(DType result) {
    return result == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
  }

  /** x over the root of the mean square of y's last dimension. */
  private static GraphNode scaled(Build b, GraphNode x, GraphNode y, float eps) {
    int[] last = {y.spec().shape().rank() - 1};
    GraphNode mean = StatisticLowering.mean(b, b.square(y), last, true);
    return b.multiply(x, b.unary(Unary.RSQRT, b.add(mean, b.like(eps, mean))));
  }

  private static GraphNode affine(Build b, GraphNode normal, GraphNode weight, GraphNode bias, GraphNode[] x,
      Spec out) {
    b.countUpcast(x[0], out.dtype());
    GraphNode y = weight == null ? normal : b.multiply(normal, b.promote(weight, out.dtype()));
    return bias == null ? y : b.add(y, b.promote(bias, out.dtype()));
  }

  static GraphNode rope(Build b, Fusing.Rope op, GraphNode[] x) {
    Shape shape = x[0].spec().shape();
    DType dtype = x[0].spec().dtype();
    int batch = shape.dim(0);
    int length = shape.dim(-2);
    int width = shape.dim(-1);
    int heads = length == 0 || width == 0 || batch == 0
        ? 0 : (int) (shape.size() / ((long) batch * length * width));
    int half = op.dims() / 2;
    GraphNode y = b.reshape(x[0], batch, heads, length, width);

    GraphNode offset = b.cast(x[1], DType.FLOAT32);
    if (offset.spec().shape().size() > 1) {
      offset = b.reshape(offset, batch, 1, 1);
    } else {
      offset = b.reshape(offset, Shape.SCALAR);
    }
    GraphNode positions = b.multiply(b.add(b.arange(0, length, DType.FLOAT32), offset), op.scale());
    GraphNode theta = b.multiply(b.expand(positions, -1), inverseFrequencies(b, op, x, half));
    GraphNode cos = b.cast(b.unary(Unary.COS, theta), dtype);
    GraphNode sin = b.cast(b.unary(Unary.SIN, theta), dtype);

    GraphNode first;
    GraphNode second;
    if (op.traditional()) {
      first = b.slice(y, 3, 0, op.dims(), 2);
      second = b.slice(y, 3, 1, op.dims(), 2);
    } else {
      first = b.slice(y, 3, 0, half);
      second = b.slice(y, 3, half, op.dims());
    }
    GraphNode real = b.subtract(b.multiply(first, cos), b.multiply(second, sin));
    GraphNode imaginary = b.add(b.multiply(first, sin), b.multiply(second, cos));
    GraphNode turned = op.traditional()
        ? b.reshape(b.concatenate(4, b.expand(real, -1), b.expand(imaginary, -1)), batch, heads, length,
            op.dims())
        : b.concatenate(3, real, imaginary);
    if (op.dims() < width) {
      turned = b.concatenate(3, turned, b.slice(y, 3, op.dims(), width));
    }
    return b.reshape(turned, shape);
  }

  private static GraphNode inverseFrequencies(Build b, Fusing.Rope op, GraphNode[] x, int half) {
    if (op.withFreqs()) {
      return b.unary(Unary.RECIPROCAL, b.cast(x[2], DType.FLOAT32));
    }
    GraphNode steps = b.negative(b.arange(0, half, DType.FLOAT32));
    return b.exp(b.multiply(steps, (float) Math.log(op.base()) / half));
  }

  static GraphNode attention(Build b, Fusing.Attention op, GraphNode[] x, Spec out) {
    GraphNode q = b.promote(x[0], out.dtype());
    GraphNode k = b.promote(x[1], out.dtype());
    GraphNode v = b.promote(x[2], out.dtype());
    Shape qs = q.spec().shape();
    Shape ks = k.spec().shape();
    int repeats = qs.dim(1) / ks.dim(1);
    q = b.multiply(q, op.scale());
    if (repeats > 1) {
      // the query heads that share a key head side by side
      q = b.reshape(q, qs.dim(0), ks.dim(1), repeats, qs.dim(2), qs.dim(3));
      k = b.expand(k, 2);
      v = b.expand(v, 2);
    }
    GraphNode scores = b.matmul(q, b.swapLast(k));
    scores = switch (op.mask()) {
      case NONE -> scores;
      case CAUSAL -> hidden(b, scores, causal(b, qs.dim(2), ks.dim(2)));
      case ARRAY -> masked(b, scores, x[3], Shape.of(qs.dim(0), qs.dim(1), qs.dim(2), ks.dim(2)),
          out.dtype());
    };
    int[] last = {scores.spec().shape().rank() - 1};
    GraphNode weights;
    if (op.sinks()) {
      GraphNode sinks = sinks(b, b.cast(x[x.length - 1], out.dtype()), scores.spec().shape());
      GraphNode all = b.apply(new Fusing.Softmax(last, true), b.concatenate(last[0], sinks, scores));
      weights = b.slice(all, last[0], 1, ks.dim(2) + 1);
    } else {
      weights = b.apply(new Fusing.Softmax(last, true), scores);
    }
    return b.reshape(b.matmul(weights, v), out.shape());
  }

  /** One score for each head and query, as a column beside {@code scores}. */
  private static GraphNode sinks(Build b, GraphNode sinks, Shape scores) {
    int rank = scores.rank();
    int[] heads = Axes.ones(rank);
    for (int i = 1; i < rank - 2; i++) {
      heads[i] = scores.dim(i);
    }
    return b.broadcast(b.reshape(sinks, heads), Axes.resized(scores, rank - 1, 1));
  }

  static GraphNode crossEntropy(Build b, GraphNode logits, GraphNode targets) {
    GraphNode x = b.cast(logits, DType.FLOAT32);
    int last = x.spec().shape().rank() - 1;
    GraphNode picked = b.apply(new Indexing.TakeAlongAxis(last), x, b.expand(targets, -1));
    GraphNode all = b.apply(new Fusing.LogSumExp(new int[] {last}, false), x);
    return b.subtract(all, b.reshape(picked, targets.spec().shape()));
  }

  /** True where the query may look: its last row sees all keys. */
  private static GraphNode causal(Build b, int queries, int keys) {
    GraphNode rows = b.expand(b.arange(keys - queries, queries, DType.INT32), 1);
    return b.binary(Binary.GREATER_EQUAL, rows, b.arange(0, keys, DType.INT32));
  }

  private static GraphNode masked(Build b, GraphNode scores, GraphNode mask, Shape full, DType dtype) {
    GraphNode m = mask.spec().dtype() == DType.BOOL ? mask : b.cast(mask, dtype);
    if (!scores.spec().shape().equals(full)) {
      m = b.reshape(b.broadcast(m, full), scores.spec().shape());
    }
    return m.spec().dtype() == DType.BOOL ? hidden(b, scores, m) : b.add(scores, m);
  }

  private static GraphNode hidden(Build b, GraphNode scores, GraphNode visible) {
    return b.where(visible, scores, b.like(-scores.spec().dtype().largest(), scores));
  }
}
