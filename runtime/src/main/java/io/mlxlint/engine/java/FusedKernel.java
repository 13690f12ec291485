package io.mlxlint.engine.java;

import io.mlxlint.graph.Allocator;
import io.mlxlint.graph.Kernels;
import io.mlxlint.graph.Storage;
import io.mlxlint.graph.Strided;
import io.mlxlint.op.Fused;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.util.List;

/**
 * Element-wise operations one after the other on a block of elements that stays in the cache, then on the
 * next. Each is computed by its own kernel, so the results are those of the operations alone.
 */
final class FusedKernel implements AutoCloseable {
  private static final int BLOCK = 8 * Scratch.TILE;

  private final Kernels kernels;
  private final Allocator allocator;
  private final Fused op;
  private final Strided[] operands;
  private final Walk[] walks;
  /** A block of each operand that is one value in several blocks; {@code null} for the others. */
  private final Strided[] constants;
  /** For each step which of its operands nobody wants after it, a bit each. */
  private final int[] last;

  private FusedKernel(Kernels kernels, Allocator allocator, Fused op, Strided[] operands) {
    this.kernels = kernels;
    this.allocator = allocator;
    this.op = op;
    this.operands = operands;
    walks = new Walk[operands.length];
    constants = new Strided[operands.length];
    last = lastUses(op, operands.length);
    for (int i = 0; i < walks.length; i++) {
      walks[i] = Walk.of(operands[i]);
      if (walks[i].dims.length == 1 && walks[i].strides[0] == 0 && operands[i].size() > BLOCK) {
        constants[i] = copy(i, 0, BLOCK);
      }
    }
  }

  static Strided compute(Fused op, Strided[] x, Spec result, int reusable, Kernels kernels,
      Allocator allocator) {
    Strided[] flat = Elementwise.inMemoryOrder(x);
    Storage out = Elementwise.target(result, flat, reusable, allocator);
    try (FusedKernel kernel = new FusedKernel(kernels, allocator, op, flat)) {
      Workers.run(flat[0].size(), Elementwise.GRAIN, (from, to) -> {
        for (int start = from; start < to; start += BLOCK) {
          kernel.block(start, Math.min(BLOCK, to - start), out);
        }
      });
    } catch (ArithmeticException e) {
      out.release();
      throw e;
    }
    return Elementwise.result(out, result, x, flat);
  }

  private static int[] lastUses(Fused op, int given) {
    int[] out = new int[op.steps().size()];
    boolean[] wanted = new boolean[given + out.length];
    for (int step = out.length - 1; step >= 0; step--) {
      List<Integer> operands = op.steps().get(step).operands();
      for (int i = 0; i < operands.size(); i++) {
        if (!wanted[operands.get(i)]) {
          wanted[operands.get(i)] = true;
          out[step] |= 1 << i;
        }
      }
    }
    return out;
  }

  private void block(int start, int n, Storage out) {
    Shape shape = Shape.of(n);
    Strided[] slots = new Strided[operands.length + last.length];
    try {
      for (int i = 0; i < operands.length; i++) {
        slots[i] = part(i, start, n);
      }
      for (int i = 0; i < last.length; i++) {
        slots[operands.length + i] = step(i, slots, shape);
      }
      Strided made = slots[slots.length - 1];
      Copies.line(Copies.array(made.storage()), made.offset(), made.strides()[0], Copies.array(out), start, 1,
          n);
    } finally {
      release(slots);
    }
  }

  /** Computes a step and lets go of what nobody wants after it. */
  private Strided step(int number, Strided[] slots, Shape shape) {
    Fused.Step step = op.steps().get(number);
    List<Integer> places = step.operands();
    Strided[] in = new Strided[places.size()];
    int reusable = 0;
    for (int i = 0; i < in.length; i++) {
      in[i] = slots[places.get(i)];
      if ((last[number] >> i & 1) != 0 && in[i].storage().references() == 1) {
        reusable |= 1 << i;
      }
    }
    Strided made = kernels.compute(step.op(), in, new Spec(shape, step.result()), reusable, allocator);
    for (int i = 0; i < in.length; i++) {
      if ((last[number] >> i & 1) != 0) {
        slots[places.get(i)] = null;
        in[i].storage().release();
      }
    }
    return made;
  }

  /** {@code n} elements of an operand from {@code start}, with a reference of their own. */
  private Strided part(int operand, int start, int n) {
    Strided x = operands[operand];
    Spec part = new Spec(Shape.of(n), x.dtype());
    Strided constant = constants[operand];
    if (constant != null) {
      constant.storage().retain();
      return constant.with(0, new int[] {1}, part);
    }
    Walk walk = walks[operand];
    if (walk.dims.length > 1) {
      return copy(operand, start, n);
    }
    int stride = walk.dims.length == 0 ? 1 : walk.strides[0];
    int offset = walk.offset + start * stride;
    if (offset != 0 && x.storage() instanceof Storage.Floats) {
      return copy(operand, start, n); // float32 is fastest from the start of an array
    }
    x.storage().retain();
    return x.with(offset, new int[] {stride}, part);
  }

  private Strided copy(int operand, int start, int n) {
    Strided x = operands[operand];
    Spec part = new Spec(Shape.of(n), x.dtype());
    Storage copy = allocator.allocate(part);
    Object source = Copies.array(x.storage());
    Object target = Copies.array(copy);
    walks[operand].runs(start, n,
        (from, stride, to, count) -> Copies.line(source, from, stride, target, to, 1, count));
    return Strided.dense(copy, part);
  }

  @Override
  public void close() {
    release(constants);
  }

  private static void release(Strided[] held) {
    for (Strided x : held) {
      if (x != null) {
        x.storage().release();
      }
    }
  }
}
