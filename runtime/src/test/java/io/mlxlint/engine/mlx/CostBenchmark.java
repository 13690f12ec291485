package io.mlxlint.engine.mlx;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.MX;
import io.mlxlint.op.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/**
 * What one operation costs from Java: answers the name of a measure with nanoseconds. The script in
 * runtime/native/cost asks it in turns with C and Python.
 */
public final class CostBenchmark {
  private static final int N = 20_000;
  private static final int BATCH = 100;

  private CostBenchmark() {}

  public static void main(String[] args) throws IOException {
    Engines.use("mlx");
    Array x = MX.array(new float[] {1, 2, 3, 4});
    Array y = MX.array(new float[] {1, 2, 3, 4});
    Compiled two = MX.compile((a, b) -> MX.exp(a).multiply(b));
    Compiled one = MX.compile(a -> MX.exp(a));
    MX.eval(two.apply(x, y));
    MX.eval(one.apply(x));
    Runnable bindingsCompiled = bindingsCompiled();
    Map<String, Runnable> measures = Map.of("bindings-add", CostBenchmark::bindings,
        "bindings-compiled", bindingsCompiled, "add", () -> add(x, y), "add-kept", () -> addKept(x, y),
        "compiled", () -> compiled(two, x, y), "compiled-one", () -> compiled(one, x));
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Runnable measure = measures.get(line);
      long start = System.nanoTime();
      measure.run();
      System.out.println((System.nanoTime() - start) / (double) N);
    }
  }

  // Each has its loop, as a program has: one loop over a Runnable would measure the call of the Runnable too.

  private static void add(Array x, Array y) {
    for (int i = 0; i < N; i += BATCH) {
      try (var scope = MX.scope()) {
        for (int k = 0; k < BATCH; k++) {
          x.add(y).close();
        }
      }
    }
  }

  /** The scope keeps what it made, and releases it at its end. */
  private static void addKept(Array x, Array y) {
    for (int i = 0; i < N; i += BATCH) {
      try (var scope = MX.scope()) {
        for (int k = 0; k < BATCH; k++) {
          x.add(y);
        }
      }
    }
  }

  private static void compiled(Compiled function, Array... inputs) {
    for (int i = 0; i < N; i += BATCH) {
      try (var scope = MX.scope()) {
        for (int k = 0; k < BATCH; k++) {
          function.apply(inputs).close();
        }
      }
    }
  }

  private static void bindings() {
    MlxNode node = (MlxNode) new Arrays32(Engines.current()).array(Shape.of(4), 1, 2, 3, 4);
    long x = node.array();
    long stream = Mlxc.mlx_default_cpu_stream_new();
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    MemorySegment out = scratch.out();
    for (int i = 0; i < N; i++) {
      out.set(ValueLayout.JAVA_LONG, 0, 0);
      Mlxc.mlx_add(out, x, x, stream);
      Mlxc.mlx_array_free(Scratch.handle(out));
    }
    scratch.reset(mark);
    Mlxc.mlx_stream_free(stream);
    node.release();
  }

  /** What is left of a compiled call of two arrays without our checks, handles and shapes. */
  private static Runnable bindingsCompiled() {
    MlxNode x = (MlxNode) new Arrays32(Engines.current()).array(Shape.of(4), 1, 2, 3, 4);
    long stream = Mlxc.mlx_default_cpu_stream_new();
    Scratch scratch = Scratch.current();
    MemorySegment compiled = scratch.out();
    Closure closure = new Closure((in, out) -> {
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
    });
    Mlxc.mlx_compile(compiled, closure.handle(), false);
    long function = Scratch.handle(compiled);
    return () -> bindingsCompiled(scratch, function, x.array());
  }

  private static void bindingsCompiled(Scratch scratch, long function, long array) {
    for (int i = 0; i < N; i++) {
      try (Vector inputs = Vector.of(scratch, array, array); Vector values = Vector.empty(scratch)) {
        Mlxc.mlx_closure_apply(values.cell(), function, inputs.handle());
        Mlxc.mlx_array_free(values.get(scratch, 0));
      }
    }
  }
}
