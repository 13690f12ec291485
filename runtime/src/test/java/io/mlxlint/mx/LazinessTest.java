package io.mlxlint.mx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlxlint.op.Effect;
import io.mlxlint.op.Performs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only what is declared to force or read does. */
class LazinessTest {
  private final RecordingEngine engine = new RecordingEngine();

  /** Calls every operation of Array and MX that takes arrays, numbers and axes, whatever it makes of them. */
  @Test
  void noLazyCallComputes() {
    Engines.with(engine, () -> {
      Map<Class<?>, Object> arguments = Map.of(
          Array.class, MX.array(new float[][] {{1, 2}, {3, 4}}),
          Array[].class, new Array[] {MX.ones(2, 2), MX.ones(2, 2)},
          int.class, 1, long.class, 1L, double.class, 1.0, boolean.class, true,
          int[].class, new int[] {0, 1}, Object[].class, new Object[] {0},
          io.mlxlint.op.DType.class, MX.float16);
      int called = 0;
      for (Class<?> type : List.of(Array.class, MX.class)) {
        for (Method m : type.getMethods()) {
          Performs performs = m.getAnnotation(Performs.class);
          if (performs != null && performs.effect() == Effect.LAZY && call(m, arguments)) {
            called++;
          }
        }
      }
      assertThat(called).isGreaterThan(300);
      assertThat(engine.forced).isEmpty();
    });
  }

  private static boolean call(Method m, Map<Class<?>, Object> arguments) {
    Object[] values = Arrays.stream(m.getParameterTypes()).map(arguments::get).toArray();
    if (Arrays.asList(values).contains(null)) {
      return false;
    }
    try {
      Object receiver = Modifier.isStatic(m.getModifiers()) ? null : arguments.get(Array.class);
      m.invoke(receiver, values);
      return true;
    } catch (InvocationTargetException e) {
      assertThat(e.getCause()).as(m.toString())
          .isInstanceOfAny(IllegalArgumentException.class, IndexOutOfBoundsException.class);
      return false;
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void evalForcesAllLeavesOnce() {
    Engines.with(engine, () -> {
      Array a = MX.ones(2);
      MX.eval(a, List.of(a.add(1), a.add(2)), Map.of("x", a.add(3)));
      assertThat(engine.forced).containsExactly("eval 4");
    });
  }

  @Test
  void asyncEvalReturnsItsArgument() {
    Engines.with(engine, () -> {
      List<Array> both = new ArrayList<>(List.of(MX.ones(2), MX.ones(2)));
      assertThat(MX.asyncEval(both)).isSameAs(both);
      assertThat(engine.forced).containsExactly("async 2");
    });
  }

  @Test
  void readingMethodsRead() {
    Engines.with(engine, () -> {
      Array a = MX.array(3.5);
      assertThat(a.item()).isEqualTo(3.5);
      assertThat(a.toString()).isEqualTo("array(3.5, dtype=float32)");
      assertThat(MX.array(new int[][] {{1, 2}, {3, 4}}).toString())
          .isEqualTo("array([[1, 2],\n       [3, 4]], dtype=int32)");
      assertThat(MX.array(7L).itemLong()).isEqualTo(7);
      assertThatThrownBy(() -> MX.array(1.5).itemLong()).hasMessageContaining("astype");
      assertThatThrownBy(() -> MX.ones(2).item()).hasMessageContaining("[2]");
      assertThat(engine.forced).containsOnly("read");
    });
  }

  @Test
  void iterationGivesLazySlices() {
    Engines.with(engine, () -> {
      int n = 0;
      for (Array row : MX.ones(3, 2)) {
        assertThat(row.shape().toArray()).containsExactly(2);
        n++;
      }
      assertThat(n).isEqualTo(3);
      assertThat(engine.forced).isEmpty();
    });
  }
}
