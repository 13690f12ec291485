package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Binary;
import io.mlxlint.op.DType;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.util.Arrays;

/** Reading and writing at places that index arrays name. */
final class GatherKernels {

  private GatherKernels() {}

  /** The start of each block in the storage of {@code x}, in elements. */
  private static int[] places(String name, Strided x, int[] axes, int[] block, Strided[] indices) {
    int n = indices.length == 0 ? 1 : indices[0].size();
    int[] places = new int[n];
    Arrays.fill(places, x.offset());
    for (int k = 0; k < indices.length; k++) {
      Strided index = indices[k];
      int axis = axes[k] < 0 ? axes[k] + x.shape().rank() : axes[k];
      int size = x.shape().dim(axis);
      int stride = x.strides()[axis];
      Walk walk = Walk.of(index);
      Scratch s = Scratch.current();
      for (int start = 0; start < n; start += Scratch.TILE) {
        int count = Math.min(Scratch.TILE, n - start);
        Tiles.load(index, walk, start, count, s.longs[0], s);
        for (int i = 0; i < count; i++) {
          places[start + i] += checked(name, s.longs[0][i], size, block[axis], axis) * stride;
        }
      }
    }
    return places;
  }

  /** The non-negative index, or an exception that names it. */
  private static int checked(String name, long index, int size, int block, int axis) {
    long at = index < 0 ? index + size : index;
    if (at < 0 || at + block > size) {
      throw new IndexOutOfBoundsException(
          name + ": index " + index + " is out of range for axis " + axis + " of size " + size);
    }
    return (int) at;
  }

  static Strided gather(Indexing.Gather op, Strided[] operands, Spec result, Allocator allocator) {
    Strided x = operands[0];
    Storage out = allocator.allocate(result);
    if (result.shape().size() == 0) {
      return Strided.dense(out, result);
    }
    Strided[] indices = Arrays.copyOfRange(operands, 1, operands.length);
    int[] places = places("gather", x, op.axes(), op.sliceSizes(), indices);
    Walk block = Walk.of(0, op.sliceSizes(), x.strides());
    int size = (int) Shape.of(op.sliceSizes()).size();
    Object source = Copies.array(x.storage());
    Object target = Copies.array(out);
    Workers.run(places.length, Math.max(1, Elementwise.GRAIN / 4 / size), (from, to) -> {
      for (int i = from; i < to; i++) {
        int place = places[i];
        int at = i * size;
        block.runs(0, size, (s, stride, t, n) ->
            Copies.line(source, place + s, stride, target, at + t, 1, n));
      }
    });
    return Strided.dense(out, result);
  }

  static Strided scatter(Indexing.Scatter op, Strided[] operands, boolean reusable, Allocator allocator) {
    Strided out = ShapingKernels.writable(operands[0], reusable, allocator);
    Strided updates = Copies.denseOf(operands[1], allocator);
    try {
      int rank = out.shape().rank();
      int[] dims = updates.shape().toArray();
      int[] block = Arrays.copyOfRange(dims, dims.length - rank, dims.length);
      int size = (int) Shape.of(block).size();
      if (updates.size() > 0) {
        Strided[] indices = Arrays.copyOfRange(operands, 2, operands.length);
        int[] places = places("scatter", out, op.axes(), block, indices);
        Walk walk = Walk.of(0, block, out.strides());
        for (int i = 0; i < places.length; i++) {
          int place = places[i];
          int from = updates.offset() + i * size;
          walk.runs(0, size, (s, stride, t, n) ->
              combine(op.mode(), updates, from + t, out, place + s, stride, n));
        }
      }
      return out;
    } finally {
      updates.storage().release();
    }
  }

  private static void combine(Indexing.Mode mode, Strided updates, int from, Strided out, int at, int stride,
      int n) {
    if (mode == Indexing.Mode.ASSIGN) {
      Copies.line(Copies.array(updates.storage()), from, 1, Copies.array(out.storage()), at, stride, n);
      return;
    }
    Binary op = switch (mode) {
      case ASSIGN, ADD -> Binary.ADD;
      case MULTIPLY -> Binary.MULTIPLY;
      case MAXIMUM -> Binary.MAXIMUM;
      case MINIMUM -> Binary.MINIMUM;
    };
    DType dtype = out.dtype();
    Scratch s = Scratch.current();
    int width = stride == 1 ? Scratch.TILE : 1;
    for (int i = 0; i < n; i += width) {
      int count = Math.min(width, n - i);
      Walk own = Walk.of(at + i * stride, new int[] {count}, new int[] {1});
      Walk other = Walk.of(from + i, new int[] {count}, new int[] {1});
      switch (Lane.of(dtype)) {
        case FLOAT -> {
          Tiles.load(out, own, 0, count, s.floats[0], s);
          Tiles.load(updates, other, 0, count, s.floats[1], s);
          FloatBinaryLoops.of(op).apply(s.floats[0], s.floats[1], s.floats[0], 0, count);
          Tiles.store(s.floats[0], out.storage(), dtype, at + i * stride, count, s);
        }
        case DOUBLE -> {
          Tiles.load(out, own, 0, count, s.doubles[0], s);
          Tiles.load(updates, other, 0, count, s.doubles[1], s);
          DoubleBinaryLoops.of(op).apply(s.doubles[0], s.doubles[1], s.doubles[0], 0, count);
          Tiles.store(s.doubles[0], out.storage(), at + i * stride, count);
        }
        case LONG -> {
          Tiles.load(out, own, 0, count, s.longs[0], s);
          Tiles.load(updates, other, 0, count, s.longs[1], s);
          LongLoops.of(op, dtype).apply(s.longs[0], s.longs[1], s.longs[0], 0, count);
          Tiles.store(s.longs[0], out.storage(), dtype, at + i * stride, count);
        }
        case COMPLEX -> {
          Tiles.load(out, own, 0, count, s.longs[0], s);
          Tiles.load(updates, other, 0, count, s.longs[1], s);
          for (int j = 0; j < count; j++) {
            s.longs[0][j] = ComplexKernels.function(op)
                .apply(Complex.of(s.longs[0][j]), Complex.of(s.longs[1][j])).bits();
          }
          Tiles.store(s.longs[0], out.storage(), dtype, at + i * stride, count);
        }
      }
    }
  }

  static Strided takeAlongAxis(int axis, Strided x, Strided indices, Spec result, Allocator allocator) {
    Storage out = allocator.allocate(result);
    Rows rows = Rows.along(indices, axis);
    Rows source = Rows.along(x, axis);
    Walk walk = Walk.of(rows.values());
    Walk starts = starts(source);
    int length = rows.length();
    int stride = x.strides()[axis];
    int size = x.shape().dim(axis);
    Object from = Copies.array(x.storage());
    Object to = Copies.array(out);
    Workers.run(rows.count(), rows.grain(), (first, last) -> {
      Scratch s = Scratch.current();
      long[] index = new long[length];
      for (int row = first; row < last; row++) {
        Rows.load(rows.values(), walk, row * length, length, index, s);
        int start = starts.position(row);
        for (int i = 0; i < length; i++) {
          int at = checked("take_along_axis", index[i], size, 1, axis);
          Copies.line(from, start + at * stride, 1, to, row * length + i, 1, 1);
        }
      }
    });
    return rows.result(out, result);
  }

  static Strided putAlongAxis(Indexing.PutAlongAxis op, Strided[] operands, boolean reusable,
      Allocator allocator) {
    Strided out = ShapingKernels.writable(operands[0], reusable, allocator);
    Strided values = Copies.denseOf(Rows.along(operands[2], op.axis()).values(), allocator);
    try {
      Rows rows = Rows.along(operands[1], op.axis());
      Walk walk = Walk.of(rows.values());
      Walk starts = starts(Rows.along(out, op.axis()));
      int length = rows.length();
      int stride = out.strides()[op.axis()];
      int size = out.shape().dim(op.axis());
      long[] index = new long[length];
      Scratch s = Scratch.current();
      for (int row = 0; row < rows.count(); row++) {
        Rows.load(rows.values(), walk, row * length, length, index, s);
        int start = starts.position(row);
        for (int i = 0; i < length; i++) {
          int at = checked("put_along_axis", index[i], size, 1, op.axis());
          combine(op.mode(), values, values.offset() + row * length + i, out, start + at * stride, 1, 1);
        }
      }
      return out;
    } finally {
      values.storage().release();
    }
  }

  /** Where each row begins. */
  private static Walk starts(Rows rows) {
    int rank = rows.order().length;
    int[] dims = Arrays.copyOf(rows.values().shape().toArray(), rank - 1);
    return Walk.of(rows.values().offset(), dims, Arrays.copyOf(rows.values().strides(), rank - 1));
  }
}
