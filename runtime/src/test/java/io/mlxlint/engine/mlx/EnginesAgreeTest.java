package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.java.JavaEngine;
import io.mlxlint.op.Op;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The same random program on both engines. Every step is compared; where a step is not bit-equal, engine
 * {@code java} goes on with the values of {@code mlx}, so that each operation is judged by itself while views
 * stay views.
 */
class EnginesAgreeTest {
  private static final long LARGEST = 4096;
  private static final int PROGRAMS = 400;
  private static final int MANY = 1 << 20;

  private Engine mlx;
  private Engine java;

  @BeforeEach
  void engines() {
    mlx = Installed.engine();
    java = new JavaEngine();
  }

  /**
   * An operation chosen by {@code kind} and {@code variant} on the arrays that {@code a} and {@code b} pick.
   */
  record Step(int kind, int variant, int a, int b) {}

  private record Pair(Node mlx, Node java, Host host) {}

  /** Other programs with {@code -Dmlxlint.seed=N}. */
  @Test
  void onEveryStep() {
    Random random = new Random(Long.getLong("mlxlint.seed", 20));
    for (int i = 0; i < PROGRAMS; i++) {
      List<Step> program = Stream.generate(() -> new Step(random.nextInt(MANY), random.nextInt(MANY),
          random.nextInt(MANY), random.nextInt(MANY))).limit(1 + random.nextInt(30)).toList();
      if (problem(program) != null) {
        List<Step> least = shrunk(program);
        throw new AssertionError("after " + least, problem(least));
      }
    }
  }

  /** Leaves out steps for as long as the program still goes wrong. */
  private List<Step> shrunk(List<Step> program) {
    List<Step> least = new ArrayList<>(program);
    for (int i = least.size() - 1; i >= 0; i--) {
      Step left = least.remove(i);
      if (problem(least) == null) {
        least.add(i, left);
      }
    }
    return least;
  }

  private Throwable problem(List<Step> program) {
    try {
      compare(program);
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }

  private void compare(List<Step> program) {
    List<Pair> pool = new ArrayList<>();
    for (Spec spec : RandomOps.LEAVES) {
      pool.add(leaf(spec));
    }
    for (Step step : program) {
      Pair x = pool.get(step.a % pool.size());
      Pair y = pool.get(step.b % pool.size());
      run(RandomOps.choose(step.kind, step.variant, x.host, y.host), List.of(x, y), pool);
    }
    for (Pair pair : pool) {
      mlx.release(pair.mlx);
      java.release(pair.java);
    }
  }

  private void run(RandomOps.Choice choice, List<Pair> from, List<Pair> pool) {
    Pair[] operands = Arrays.stream(choice.operands()).mapToObj(from::get).toArray(Pair[]::new);
    Spec[] specs = Arrays.stream(operands).map(p -> p.mlx.spec()).toArray(Spec[]::new);
    Spec result;
    try {
      result = choice.op().infer(specs);
    } catch (IllegalArgumentException _) {
      return; // does not fit these arrays
    }
    if (result.shape().size() > LARGEST) {
      return;
    }
    Node theirs = apply(mlx, choice.op(), Arrays.stream(operands).map(Pair::mlx), result);
    Node ours = apply(java, choice.op(), Arrays.stream(operands).map(Pair::java), result);
    Host expected = new Host(result, mlx.read(theirs).toArray(ValueLayout.JAVA_BYTE));
    Host actual = new Host(result, java.read(ours).toArray(ValueLayout.JAVA_BYTE));
    assertThat(actual.differenceFrom(expected))
        .as("%s of %s", choice.op(), Arrays.toString(specs)).isNull();
    if (!Arrays.equals(actual.bytes(), expected.bytes())) {
      java.release(ours);
      ours = java.constant(result, MemorySegment.ofArray(expected.bytes()));
    }
    pool.add(new Pair(theirs, ours, expected));
  }

  private static Node apply(Engine engine, Op op, Stream<Node> operands, Spec result) {
    int stream = engine.streams().defaultStream(engine.streams().defaultDevice());
    return engine.apply(op, operands.toArray(Node[]::new), result, stream);
  }

  private Pair leaf(Spec spec) {
    Host host = Host.leaf(spec);
    return new Pair(mlx.constant(spec, MemorySegment.ofArray(host.bytes())),
        java.constant(spec, MemorySegment.ofArray(host.bytes())), host);
  }
}
