package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.Engine;
import io.mlxlint.engine.java.JavaEngine;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import io.mlxlint.transform.RandomPrograms;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Values, gradients, compiled and mapped functions of random programs on both engines. They run in float64
 * where the device has it, so that sums in another order stay far from the tolerance; MLX's exponential has
 * float32's precision there too.
 */
class TransformedProgramsAgreeTest {
  /** All but the last kind, which rounds to halves. */
  private static final int KINDS = RandomPrograms.KINDS - 1;
  /** MLX does not map over views by strides, starts of slices and masks, which come next. */
  private static final int MAPPABLE_KINDS = 19;
  /** {@code mlx_compile_mode}: without the kernels that MLX would write and have compiled, each a second. */
  private static final int NO_FUSE = 2;
  private static final int ENABLED = 3;

  private Engine mlx;
  private Engine java;

  @BeforeProperty
  void engines() {
    mlx = Installed.engine();
    java = new JavaEngine();
  }

  private interface Run {
    Array[] of(Functions.Of2 f, Array x, Array w);
  }

  private static Array[] gradients(Functions.Of2 f, Array x, Array w) {
    var both = MX.valueAndGrad(f, 0, 1).apply(x, w);
    return new Array[] {both.value(), both.grads()[0], both.grads()[1]};
  }

  private static Array[] compiled(Functions.Of2 f, Array x, Array w) {
    try (var compiled = MX.compile(f)) {
      return new Array[] {compiled.apply(x, w), compiled.apply(x.add(0.5), w)};
    }
  }

  private static Array[] compiledGradients(Functions.Of2 f, Array x, Array w) {
    try (var compiled = MX.compileArrays(in -> gradients(f, in[0], in[1]))) {
      return compiled.applyAll(x, w);
    }
  }

  private static Array[] mapped(Functions.Of2 f, Array x, Array w) {
    Array batch = MX.stack(new Array[] {x, x.add(0.25), x.multiply(-1)}, 0);
    return new Array[] {MX.vmap(f, new int[] {0, -1}, 0).apply(batch, w),
        MX.vmap(MX.grad(f), new int[] {0, -1}, 0).apply(batch, w)};
  }

  @Property(tries = 1500, seed = "20", edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void onGradients(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int steps) {
    compare(seed, steps, KINDS, TransformedProgramsAgreeTest::gradients);
  }

  @Property(tries = 300, seed = "20", edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void onCompiledFunctions(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int steps) {
    unfused(seed, steps, TransformedProgramsAgreeTest::compiled);
  }

  @Property(tries = 300, seed = "20", edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void onCompiledGradients(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int steps) {
    unfused(seed, steps, TransformedProgramsAgreeTest::compiledGradients);
  }

  @Property(tries = 10, seed = "20", edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void onFusedKernels(@ForAll long seed, @ForAll @IntRange(min = 4, max = 10) int steps) {
    compare(seed, steps, KINDS, TransformedProgramsAgreeTest::compiledGradients);
  }

  @Property(tries = 300, seed = "20", edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void onMappedFunctions(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int steps) {
    compare(seed, steps, MAPPABLE_KINDS, TransformedProgramsAgreeTest::mapped);
  }

  private void unfused(long seed, int steps, Run run) {
    Mlxc.mlx_set_compile_mode(NO_FUSE);
    try {
      compare(seed, steps, KINDS, run);
    } finally {
      Mlxc.mlx_set_compile_mode(ENABLED);
    }
  }

  private void compare(long seed, int steps, int kinds, Run run) {
    boolean wide = mlx.streams().defaultDevice() == DeviceType.CPU;
    List<double[]> expected = new ArrayList<>();
    Engines.with(java, () -> run(seed, steps, kinds, run, wide, expected));
    List<double[]> actual = new ArrayList<>();
    Engines.with(mlx, () -> run(seed, steps, kinds, run, wide, actual));
    double tolerance = wide ? 1e-5 : 1e-3;
    for (int k = 0; k < expected.size(); k++) {
      double[] e = expected.get(k);
      double[] a = actual.get(k);
      assertThat(a).hasSameSizeAs(e);
      for (int i = 0; i < e.length; i++) {
        assertThat(a[i]).as("result %d", k).isCloseTo(e[i], within(tolerance * Math.max(1, Math.abs(e[i]))));
      }
    }
  }

  private static void run(long seed, int steps, int kinds, Run run, boolean wide, List<double[]> out) {
    try (var scope = MX.scope()) {
      DType dtype = wide ? DType.FLOAT64 : DType.FLOAT32;
      Array x = RandomPrograms.input(seed, 2, 3).astype(dtype);
      Array w = RandomPrograms.input(~seed, 3, 3).astype(dtype);
      Array[] results = run.of(RandomPrograms.program(seed, steps, kinds), x, w);
      MX.eval((Object) results);
      for (Array result : results) {
        out.add(result.toDoubleArray());
      }
    }
  }
}
