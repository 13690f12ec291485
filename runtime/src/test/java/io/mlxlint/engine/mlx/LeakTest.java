package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.MX;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What MLX holds after many operations and functions is what it held before. */
class LeakTest {
  private static final int OPERATIONS = 100_000;
  private static final int FUNCTIONS = 1_000;
  private static final int ELEMENTS = 256;
  /** {@code mlx_compile_mode}: without kernels that MLX would have compiled, and with. */
  private static final int NO_FUSE = 2;
  private static final int ENABLED = 3;

  private MlxEngine engine;

  @BeforeEach
  void engine() {
    engine = Installed.engine();
  }

  @Test
  void operationsOfScopes() {
    Engines.with(engine, () -> {
      try (var outer = MX.scope()) {
        Array x = MX.ones(ELEMENTS);
        Array index = MX.zeros(MX.int32, ELEMENTS).add(0);
        MX.eval(x);
        long before = engine.memory().active();
        for (int i = 0; i < OPERATIONS; i += 100) {
          try (var scope = MX.scope()) {
            Array y = x;
            for (int k = 0; k < 98; k++) {
              y = y.add(1.0);
            }
            y = MX.take(y, index, 0);
            assertThat(y.sum().item()).isEqualTo(99.0 * ELEMENTS);
          }
        }
        MX.synchronize();
        assertThat(engine.memory().active() - before).isLessThan(64L * ELEMENTS);
      }
    });
  }

  @Test
  void compiledFunctions() {
    int held = Closure.held();
    Mlxc.mlx_set_compile_mode(NO_FUSE);
    try {
      Engines.with(engine, () -> {
        try (var outer = MX.scope()) {
          Array x = MX.ones(ELEMENTS);
          MX.eval(x);
          long before = engine.memory().active();
          for (int i = 0; i < FUNCTIONS; i++) {
            double factor = i;
            try (var scope = MX.scope();
                Compiled f = MX.compile((Array a) -> a.exp().multiply(factor).sum())) {
              f.apply(x).item();
            }
          }
          MX.synchronize();
          assertThat(engine.memory().active() - before).isLessThan(64L * ELEMENTS);
        }
      });
    } finally {
      Mlxc.mlx_set_compile_mode(ENABLED);
    }
    assertThat(Closure.held()).isLessThanOrEqualTo(held + 4);
  }
}
