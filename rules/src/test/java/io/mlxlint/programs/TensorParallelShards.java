package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** A matrix in pieces: half-precision partial sums that are added in float32 and go back. */
final class TensorParallelShards {

  enum Axis {
    ROWS {
      @Override
      Array[] cut(Array w, int pieces) {
        return w.split(pieces, 0);
      }
    },
    COLUMNS {
      @Override
      Array[] cut(Array w, int pieces) {
        return w.split(pieces, 1);
      }
    };

    abstract Array[] cut(Array w, int pieces);
  }

  private final Array[] shards;
  private final Axis axis;
  private final BinaryOperator<Array> adding;

  TensorParallelShards(Array w, Axis axis, int pieces, boolean precise) {
    shards = axis.cut(w, pieces);
    this.axis = axis;
    adding = precise ? TensorParallelShards::precisely : Array::add;
  }

  private static Array precisely(Array a, Array b) {
    return a.astype(MX.float32).add(b.astype(MX.float32)).astype(a.dtype());
  }

  Array apply(Array x) {
    return switch (axis) {
      case ROWS -> {
        Array[] inputs = x.split(shards.length, -1);
        yield IntStream.range(0, shards.length).mapToObj(i -> inputs[i].matmul(shards[i])).reduce(adding)
            .orElseThrow();
      }
      case COLUMNS -> MX.concatenate(Arrays.stream(shards).map(x::matmul).toList(), -1);
    };
  }

  /** Sums of squares for a norm over all shards, float32 by a cast, the scale half again. */
  Array clipped(double limit) {
    Array squares = MX.array(0.0);
    for (Array shard : shards) {
      squares = squares.add(shard.astype(MX.float32).square().sum());
    }
    Array scale = MX.minimum(MX.divide(limit, squares.sqrt()), 1.0);
    return shards[0].multiply(scale.astype(shards[0].dtype()));
  }

  static Map<String, Integer> widths(List<TensorParallelShards> layers) {
    Map<String, Integer> out = new HashMap<>();
    layers.forEach(l -> out.merge(l.axis.name(), l.shards[0].shape(1), Integer::sum));
    return out;
  }

  public static void main(String[] args) {
    Array w = Random.normal(32, 32).multiply(0.1).astype(MX.bfloat16);
    TensorParallelShards rows = new TensorParallelShards(w, Axis.ROWS, 4, true);
    TensorParallelShards columns = new TensorParallelShards(w, Axis.COLUMNS, 2, false);
    Array x = Random.normal(4, 32).astype(MX.bfloat16);
    System.out.println(rows.apply(x).dtype() + " " + columns.apply(x).dtype() + " "
        + rows.clipped(1).dtype());
    System.out.println(widths(List.of(rows, columns)));
  }
}
