package io.mlxlint.engine.mlx;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.MX;
import io.mlxlint.op.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntConsumer;

/**
 * What one operation costs from Java: nanoseconds, the best of the rounds. The lines have the names of those
 * of runtime/native/cost, whose script runs them beside C and Python.
 */
public final class CostBenchmark {
  private static final int WARM_UP = 200;
  private static final int BATCH = 100;

  private CostBenchmark() {}

  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
    Engines.use("mlx");
    Array x = MX.array(new float[] {1, 2, 3, 4});
    Array y = MX.array(new float[] {1, 2, 3, 4});
    report("bindings-add", rounds, 20_000, CostBenchmark::bindings);
    bindingsCompiled(rounds);
    report("add", rounds, 20_000, n -> add(n, x, y));
    report("add-kept", rounds, 20_000, n -> addKept(n, x, y));
    try (Compiled compiled = MX.compile((a, b) -> MX.exp(a).multiply(b))) {
      compiled("compiled", rounds, compiled, x, y);
    }
    try (Compiled compiled = MX.compile(a -> MX.exp(a))) {
      compiled("compiled-one", rounds, compiled, x);
    }
  }

  private static void compiled(String name, int rounds, Compiled function, Array... inputs) {
    MX.eval(function.apply(inputs));
    report(name, rounds, 20_000, n -> compiled(n, function, inputs));
  }

  // Each has its loop, as a program has: one loop over a Runnable would measure the call of the Runnable too.

  private static void add(int n, Array x, Array y) {
    for (int i = 0; i < n; i += BATCH) {
      try (var scope = MX.scope()) {
        for (int k = 0; k < BATCH; k++) {
          x.add(y).close();
        }
      }
    }
  }

  /** The scope keeps what it made, and releases it at its end. */
  private static void addKept(int n, Array x, Array y) {
    for (int i = 0; i < n; i += BATCH) {
      try (var scope = MX.scope()) {
        for (int k = 0; k < BATCH; k++) {
          x.add(y);
        }
      }
    }
  }

  private static void compiled(int n, Compiled function, Array... inputs) {
    for (int i = 0; i < n; i += BATCH) {
      try (var scope = MX.scope()) {
        for (int k = 0; k < BATCH; k++) {
          function.apply(inputs).close();
        }
      }
    }
  }

  private static void bindings(int n) {
    MlxNode node = (MlxNode) new Arrays32(Engines.current()).array(Shape.of(4), 1, 2, 3, 4);
    long x = node.array();
    long stream = Mlxc.mlx_default_cpu_stream_new();
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    MemorySegment out = scratch.out();
    for (int i = 0; i < n; i++) {
      out.set(ValueLayout.JAVA_LONG, 0, 0);
      Mlxc.mlx_add(out, x, x, stream);
      Mlxc.mlx_array_free(Scratch.handle(out));
    }
    scratch.reset(mark);
    Mlxc.mlx_stream_free(stream);
    node.release();
  }

  /** What is left of a compiled call of two arrays without our checks, handles and shapes. */
  private static void bindingsCompiled(int rounds) {
    MlxNode x = (MlxNode) new Arrays32(Engines.current()).array(Shape.of(4), 1, 2, 3, 4);
    long stream = Mlxc.mlx_default_cpu_stream_new();
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    MemorySegment compiled = scratch.out();
    long array = x.array();
    try (Closure closure = new Closure((in, out) -> {
      long[] pair = Vector.toArray(scratch, in);
      MemorySegment cell = scratch.out();
      Mlxc.mlx_exp(cell, pair[0], stream);
      long exp = Scratch.handle(cell);
      MemorySegment product = scratch.out();
      Mlxc.mlx_multiply(product, exp, pair[1], stream);
      Mlxc.mlx_vector_array_set_value(out, Scratch.handle(product));
      for (long made : new long[] {pair[0], pair[1], exp, Scratch.handle(product)}) {
        Mlxc.mlx_array_free(made);
      }
    })) {
      Mlxc.mlx_compile(compiled, closure.handle(), false);
      long function = Scratch.handle(compiled);
      report("bindings-compiled", rounds, 20_000, n -> {
        for (int i = 0; i < n; i++) {
          try (Vector inputs = Vector.of(scratch, array, array); Vector values = Vector.empty(scratch)) {
            Mlxc.mlx_closure_apply(values.cell(), function, inputs.handle());
            Mlxc.mlx_array_free(values.get(scratch, 0));
          }
        }
      });
      Mlxc.mlx_closure_free(function);
    }
    scratch.reset(mark);
    Mlxc.mlx_stream_free(stream);
    x.release();
  }

  private static void report(String name, int rounds, int n, IntConsumer run) {
    double best = Double.MAX_VALUE;
    for (int round = -WARM_UP; round < rounds; round++) {
      long start = System.nanoTime();
      run.accept(n);
      double each = (System.nanoTime() - start) / (double) n;
      best = round < 0 ? best : Math.min(best, each);
    }
    System.out.printf("%s %.0f%n", name, best);
  }
}
