package io.mlxlint.engine.mlx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.java.JavaEngine;
import io.mlxlint.op.Op;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * The same random program on both engines. Every step is compared; where a step is not bit-equal, engine
 * {@code java} goes on with the values of {@code mlx}, so that each operation is judged by itself while views
 * stay views.
 */
class EnginesAgreeTest {
  private static final long LARGEST = 4096;
  private static final int MANY = 1 << 20;

  private Engine mlx;
  private Engine java;

  @BeforeProperty
  void engines() {
    mlx = Installed.engine();
    java = new JavaEngine();
  }

  /**
   * An operation chosen by {@code kind} and {@code variant} on the arrays that {@code a} and {@code b} pick.
   */
  record Step(int kind, int variant, int a, int b) {}

  private record Pair(Node mlx, Node java, Host host) {}

  @Property(tries = 7600, seed = "20", edgeCases = EdgeCasesMode.NONE,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void onEveryStep(@ForAll("programs") List<Step> program) {
    compare(program);
  }

  @Provide
  Arbitrary<List<Step>> programs() {
    Arbitrary<Integer> any =
        Arbitraries.integers().between(0, MANY).withDistribution(RandomDistribution.uniform());
    return Combinators.combine(any, any, any, any).as(Step::new).list().ofMinSize(1).ofMaxSize(16);
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
    if (!isOpen(choice.op(), operands[0].host)) {
      assertThat(actual.differenceFrom(expected))
          .as("%s of %s", choice.op(), Arrays.toString(specs)).isNull();
    }
    if (!Arrays.equals(actual.bytes(), expected.bytes())) {
      java.release(ours);
      ours = java.constant(result, MemorySegment.ofArray(expected.bytes()));
    }
    pool.add(new Pair(theirs, ours, expected));
  }

  /** CUDA passes over NaN, the CPU does not. */
  private boolean isOpen(Op op, Host x) {
    return op instanceof Reduction.ArgReduce && mlx.streams().defaultDevice() == DeviceType.GPU
        && IntStream.range(0, x.size()).anyMatch(i -> Double.isNaN(x.get(i)));
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
