package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.java.JavaEngine;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.Scope;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Public functions with arguments that fit and with others: both engines give an array of the same shape and
 * dtype, or both refuse. Where MLX ends the process, {@code target/last-call.txt} names the call.
 */
class AnyArgumentsTest {
  private static final long LARGEST = 100_000;
  private static final Path LAST = Path.of("target", "last-call.txt");

  /** They change the thread or the process for the tests that follow, or need files. */
  private static final Set<String> LEFT_OUT = Set.of("scope", "setDefaultDevice", "setDefaultStream",
      "setMemoryLimit", "setCacheLimit", "debug", "load", "saveSafetensors");

  private record Outcome(String result, boolean isRefused, boolean isExpected) {}

  private Engine mlx;
  private Engine java;

  @BeforeEach
  void engines() throws IOException {
    mlx = Installed.engine();
    java = new JavaEngine();
    Files.createDirectories(LAST.getParent());
  }

  @Test
  void ofArrays() {
    check(6_000, MX.class, Array.class);
  }

  @Test
  void ofLayersLossesAndRandomNumbers() {
    check(2_000, Random.class, NN.class, Losses.class, Fast.class);
  }

  private void check(int calls, Class<?>... types) {
    List<Method> methods = Stream.of(types).flatMap(t -> Stream.of(t.getDeclaredMethods()))
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic())
        .filter(m -> !LEFT_OUT.contains(m.getName()))
        .sorted(Comparator.comparing(Method::toGenericString)).toList();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      long seed = i * 7919L + 1;
      Method method = methods.get(new java.util.Random(seed).nextInt(methods.size()));
      Outcome theirs = Engines.with(mlx, () -> call(method, seed));
      Outcome ours = Engines.with(java, () -> call(method, seed));
      boolean isBeyond = ours.result.contains("engine java holds at most")
          || Cuda.refuses(mlx, theirs.result);
      boolean isSame = ours.isRefused ? theirs.isRefused : ours.result.equals(theirs.result);
      if (!theirs.isExpected || !ours.isExpected || !isSame && !isBeyond) {
        wrong.add("%d: %s%n  mlx:  %s%n  java: %s"
            .formatted(i, called(method, seed), theirs.result, ours.result));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String called(Method method, long seed) {
    AnyArguments arguments = new AnyArguments(seed);
    String self = Modifier.isStatic(method.getModifiers()) ? "" : arguments.array().dtype() + " ";
    arguments.of(method);
    return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(" + self + arguments + ")";
  }

  private Outcome call(Method method, long seed) {
    AnyArguments arguments = new AnyArguments(seed);
    try (Scope _ = MX.scope()) {
      Object self = Modifier.isStatic(method.getModifiers()) ? null : arguments.array();
      Object[] all = arguments.of(method);
      Files.writeString(LAST, method + " of " + arguments);
      return new Outcome(result(method.invoke(self, all)), false, true);
    } catch (InvocationTargetException e) {
      return refused(e.getCause(), arguments);
    } catch (Exception e) {
      return refused(e, arguments);
    }
  }

  private static Outcome refused(Throwable e, AnyArguments arguments) {
    boolean isExpected = switch (e) {
      case IllegalArgumentException _, IllegalStateException _, UnsupportedOperationException _,
          MlxException _ -> true;
      case ArrayIndexOutOfBoundsException _ -> false;
      case IndexOutOfBoundsException _, ArithmeticException _ -> true;
      case NullPointerException _ -> arguments.hasNull();
      default -> false;
    };
    return new Outcome(e.toString(), true, isExpected);
  }

  /** Shape and dtype of what can be computed; what is not an array may differ. */
  private static String result(Object result) {
    return switch (result) {
      case Array a -> {
        if (a.size() <= LARGEST) {
          MX.eval(a);
        }
        yield a.dtype() + "" + a.shape();
      }
      case Array[] all -> Arrays.stream(all).map(AnyArgumentsTest::result).toList().toString();
      case null, default -> "";
    };
  }
}
