package io.mlxlint.engine.mlx;

import io.mlxlint.op.DynamicSlice;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Operations whose indices, starts or masks are arrays, which {@link Guard} looks at before MLX does. */
final class ByIndex {

  private ByIndex() {}

  static void dynamicSlice(DynamicSlice d, Call c) {
    Guard.start("slice", c, 1, d.axes(), c.result.shape());
    Mlxc.mlx_slice_dynamic(c.res, c.in[0], c.in[1], c.ints(d.axes()), d.axes().length, c.ints(d.sizes()),
        d.sizes().length, c.s);
  }

  static void dynamicUpdate(DynamicSlice.Update d, Call c) {
    Guard.start("slice_update", c, 2, d.axes(), whole(c.spec(1).shape(), c.rank()));
    Mlxc.mlx_slice_update_dynamic(c.res, c.in[0], c.in[1], c.in[2], c.ints(d.axes()), d.axes().length, c.s);
  }

  /** With dimensions of size 1 in front. */
  private static Shape whole(Shape update, int rank) {
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    System.arraycopy(update.toArray(), 0, dims, rank - update.rank(), update.rank());
    return Shape.of(dims);
  }

  static void maskedScatter(Call c) {
    Guard.mask(c);
    Mlxc.mlx_masked_scatter(c.res, c.in[0], c.in[1], c.in[2], c.s);
  }

  static void gather(Indexing.Gather g, Call c) {
    Guard.indices("gather", c, 1, g.axes());
    Operations.withVector(Arrays.copyOfRange(c.in, 1, c.in.length), v -> Mlxc.mlx_gather(c.res, c.in[0], v,
        c.ints(g.axes()), g.axes().length, c.ints(g.sliceSizes()), g.sliceSizes().length, c.s));
  }

  static void scatter(Indexing.Scatter op, Call c) {
    if (c.spec(1).shape().size() == 0) {
      // MLX divides by the size of an update
      Mlxc.mlx_array_set(c.res, c.in[0]);
      return;
    }
    Guard.indices("scatter", c, 2, op.axes());
    int n = op.axes().length;
    MemorySegment axes = c.ints(op.axes());
    Operations.withVector(Arrays.copyOfRange(c.in, 2, c.in.length), v -> {
      switch (op.mode()) {
        case ASSIGN -> Mlxc.mlx_scatter(c.res, c.in[0], v, c.in[1], axes, n, c.s);
        case ADD -> Mlxc.mlx_scatter_add(c.res, c.in[0], v, c.in[1], axes, n, c.s);
        case MULTIPLY -> Mlxc.mlx_scatter_prod(c.res, c.in[0], v, c.in[1], axes, n, c.s);
        case MAXIMUM -> Mlxc.mlx_scatter_max(c.res, c.in[0], v, c.in[1], axes, n, c.s);
        case MINIMUM -> Mlxc.mlx_scatter_min(c.res, c.in[0], v, c.in[1], axes, n, c.s);
      }
    });
  }

  static void takeAlongAxis(Indexing.TakeAlongAxis t, Call c) {
    Guard.indices("take_along_axis", c, 1, t.axis());
    Mlxc.mlx_take_along_axis(c.res, c.in[0], c.in[1], t.axis(), c.s);
  }

  static void putAlongAxis(Indexing.PutAlongAxis p, Call c) {
    Guard.indices("put_along_axis", c, 1, p.axis());
    switch (p.mode()) {
      case ASSIGN -> Mlxc.mlx_put_along_axis(c.res, c.in[0], c.in[1], c.in[2], p.axis(), c.s);
      case ADD -> Mlxc.mlx_scatter_add_axis(c.res, c.in[0], c.in[1], c.in[2], p.axis(), c.s);
      case MULTIPLY, MAXIMUM, MINIMUM ->
          throw new UnsupportedOperationException("put_along_axis with " + p.mode()
              + " is not in engine mlx, use engine java");
    }
  }
}
