package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Note;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompileAndMemoryRulesTest {

  @Test
  void anArrayThatIsAlreadyComputedIsHarmlessToCapture_noFinding() {
    Linted.members("""
        static Array run(Array w, Array x) {
          Array y = w.matmul(w);
          MX.eval(y);
          Array z = MX.array(new float[] {1, 2});
          return MX.compile(a -> a.add(y).add(z).add(w)).apply(x);
        }
        """).assertAsMarked();
  }

  @Test
  void anArrayEvaluatedBeforeTheFirstCall_noFinding() {
    Linted.members("""
        static Array run(Array w, Array x) {
          Array y = w.matmul(w);
          Compiled f = MX.compile(a -> a.add(y));
          MX.eval(y);
          return f.apply(x);
        }
        """).assertAsMarked();
  }

  @Test
  void onlyTheShapeIsCaptured_noFinding() {
    Linted.members("""
        static Array run(Array w, Array x) {
          Array y = w.matmul(w);
          return MX.compile(a -> a.reshape(y.shape(0), -1)).apply(x);
        }
        """).assertAsMarked();
  }

  @Test
  void whatAMethodOfTheProgramReturnsLazilyIsCaptured() {
    Linted.members("""
        static Array table(Array w) {
          return w.matmul(w).tanh();
        }

        static Array run(Array w, Array x) {
          Array y = table(w);
          Compiled f = MX.compile(a -> a.add(y)); // expect: lazy-capture
          for (int i = 0; i < 10; i++) {
            x = f.apply(x);
            MX.eval(x);
          }
          return x;
        }

        static Array once(Array w, Array x) {
          Array y = table(w);
          return MX.compile(a -> a.add(y)).apply(x);
        }
        """).assertAsMarked();
  }

  @Test
  void compiledFunctionsThatAreKept_noFinding() {
    Linted.members("""
        static List<Compiled> compile(List<Array> layers) {
          List<Compiled> all = new ArrayList<>();
          for (Array w : layers) {
            all.add(MX.compile(x -> x.matmul(w)));
          }
          return all;
        }
        """).assertAsMarked();
  }

  @Test
  void aFlagAsConstant_noFinding() {
    Linted.members("""
        static Array run(Array x) {
          Compiled.With<Boolean> f = MX.compileWith(
              (Boolean even, Array[] in) -> new Array[] {even ? in[0].add(1.0) : in[0].multiply(0.5)});
          for (int step = 0; step < 50; step++) {
            x = f.apply(step % 2 == 0, x)[0];
            MX.eval(x);
          }
          return x;
        }
        """).assertAsMarked();
  }

  @Test
  void aConstantThatStays_noFinding() {
    Linted.members("""
        static Array run(Array x, double rate) {
          Compiled.With<Double> f = MX.compileWith(
              (Double scale, Array[] in) -> new Array[] {in[0].multiply(scale)});
          for (int step = 0; step < 50; step++) {
            x = f.apply(rate * 2, x)[0];
            MX.eval(x);
          }
          return x;
        }
        """).assertAsMarked();
  }

  @Test
  void gradientsUsedAfterTheEvaluationOrKept_noFinding() {
    Linted.members("""
        static double run(Array w, ValueAndGrad lossAndGrad) {
          double norm = 0;
          List<Array> kept = new ArrayList<>();
          for (int step = 0; step < 50; step++) {
            ValueAndGrad.Result result = lossAndGrad.apply(w);
            w = w.subtract(result.grad());
            MX.eval(w, result.grad());
            norm += result.grad().square().sum().item();
          }
          for (int step = 0; step < 50; step++) {
            ValueAndGrad.Result result = lossAndGrad.apply(w);
            kept.add(result.grad());
            w = w.subtract(result.grad());
            MX.eval(w);
          }
          return norm + kept.size();
        }
        """).assertAsMarked();
  }

  @Test
  void gradientsOfAScopeOrClosed_noFinding() {
    Linted.members("""
        static Array step(Array w, ValueAndGrad lossAndGrad) {
          ValueAndGrad.Result result = lossAndGrad.apply(w);
          return w.subtract(result.grad());
        }

        static Array run(Array start, ValueAndGrad lossAndGrad) {
          Array w = start;
          for (int i = 0; i < 50; i++) {
            Array now = w;
            w = MX.tidy(() -> step(now, lossAndGrad));
            MX.eval(w);
          }
          for (int i = 0; i < 50; i++) {
            try (Scope scope = MX.scope()) {
              w = scope.keep(w.subtract(lossAndGrad.apply(w).grad()));
            }
            MX.eval(w);
          }
          for (int i = 0; i < 50; i++) {
            ValueAndGrad.Result result = lossAndGrad.apply(w);
            w = w.subtract(result.grad());
            result.closeGrads();
            MX.eval(w);
          }
          return w;
        }
        """).assertAsMarked();
  }

  @Test
  void weightsUsedInTheirOwnPrecisionToo_noFinding() {
    Linted.members("""
        static Array run(String file) {
          Map<String, Array> weights = MX.load(file);
          MX.eval(weights);
          Array sum = MX.zeros(1);
          for (Array w : weights.values()) {
            sum = sum.add(w.astype(MX.float16).sum()).add(w.max());
          }
          return sum;
        }
        """).findings().forEach(f -> assertThat(f.rule()).isNotEqualTo("eval-before-cast"));
  }

  private static final String TABLE = """
      private final Array table;
      private final Compiled step;

      Array run(Array x) {
        for (int i = 0; i < 100; i++) {
          x = step.apply(x);
          MX.eval(x);
        }
        return x;
      }
      """;

  private static final String SHIFTED = """
      private Array shifted(Array x) {
        return x.add(table).tanh();
      }
      """;

  @Test
  void aFieldThatNothingComputesIsCapturedLazily() {
    Linted linted = Linted.members(TABLE + """
        Test(Array w) {
          table = w.matmul(w).tanh();
          step = MX.compile(x -> x.add(table).tanh()); // expect: lazy-capture
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("MX.eval(this.table);");
  }

  @Test
  void aFieldIsCapturedThroughAMethod() {
    Linted.members(TABLE + SHIFTED + """
        Test(Array w) {
          table = w.matmul(w).tanh();
          step = MX.compile(x -> shifted(x)); // expect: lazy-capture
        }
        """).assertAsMarked();
  }

  @Test
  void aFieldIsCapturedByAnotherName() {
    String fields = """
        private final Array mean = MX.exp(MX.ones(2000)).mean(0);

        """;
    Linted.members(fields + """
        Compiled byName() {
          Array m = mean;
          return MX.compile(x -> x.subtract(m)); // expect: lazy-capture
        }

        Compiled byField() {
          return MX.compile(x -> x.add(mean)); // expect: lazy-capture
        }
        """).assertAsMarked();
    for (String computes : List.of("MX.eval(m);", "double d = m.item();", "MX.eval(x0.add(m));")) {
      Linted.members(fields + """
          Compiled byName(Array x0) {
            Array m = mean;
            %s
            return MX.compile(x -> x.subtract(m));
          }
          """.formatted(computes)).assertAsMarked();
    }
    Linted.members(fields + """
        Array byBoth(Array x0) {
          Array m = mean;
          Functions.Of1 f = x -> x.subtract(m);
          MX.eval(f.apply(x0));
          return MX.compile(f).apply(x0);
        }
        """).assertAsMarked();
  }

  @Test
  void aFieldThatMayBeComputedElsewhereIsNotCalledLazy() {
    Linted.members(TABLE + SHIFTED + """
        Test(Array w) {
          table = w.matmul(w).tanh();
          step = MX.compile(x -> shifted(x));
        }

        Array once(Array x) {
          return shifted(x);
        }
        """).assertAsMarked();
    Linted.members(TABLE + SHIFTED + """
        Test(Array w) {
          table = w.matmul(w).tanh();
          step = MX.compile(x -> shifted(x));
        }

        void warm() {
          MX.eval(table);
        }
        """).assertAsMarked();
    Linted.members(TABLE + SHIFTED + """
        Test(Array w) {
          table = w.matmul(w).tanh();
          w.add(table).sum().item();
          step = MX.compile(x -> shifted(x));
        }
        """).assertAsMarked();
    Linted.members(TABLE + SHIFTED + """
        Test(Array w) {
          table = w;
          step = MX.compile(x -> shifted(x));
        }
        """).assertAsMarked();
  }

  @Test
  void aMapInAFieldIsCapturedLazily() {
    Linted.members("""
        private final Map<String, Array> tables = new HashMap<>();

        Array run(Array w, Array x) {
          tables.put("shift", w.matmul(w).tanh());
          Compiled step = MX.compile(a -> a.add(tables.get("shift"))); // expect: lazy-capture
          for (int i = 0; i < 100; i++) {
            x = step.apply(x);
            MX.eval(x);
          }
          return x;
        }
        """).assertAsMarked();
  }

  @Test
  void aMapInAFieldThatIsEvaluatedIsNotCapturedLazily() {
    Linted.members("""
        private final Map<String, Array> tables = new HashMap<>();

        Array run(Array w, Array x) {
          tables.put("shift", w.matmul(w).tanh());
          MX.eval(tables);
          Compiled step = MX.compile(a -> a.add(tables.get("shift")));
          for (int i = 0; i < 100; i++) {
            x = step.apply(x);
            MX.eval(x);
          }
          return x;
        }
        """).assertAsMarked();
  }

  @Test
  void parametersOfAModuleAreNotCalledLazy() {
    Linted.of("""
        import io.mlxlint.mx.*;
        import io.mlxlint.mx.nn.*;
        import io.mlxlint.mx.nn.Module;

        class Net extends Module {
          private final Array w = parameter(MX.ones(4, 4).multiply(0.1).tanh());
          private final Compiled step = MX.compile(x -> x.matmul(w));

          @Override
          protected Array forward(Array x) {
            return step.apply(x);
          }
        }
        """).assertAsMarked();
  }

  @Test
  void aLocalIsCapturedThroughAMethod() {
    Linted.members("""
        private static Array shifted(Array x, Array shift) {
          return x.add(shift).tanh();
        }

        static Array run(Array w, Array x) {
          Array shift = w.matmul(w).tanh();
          Compiled step = MX.compile(a -> shifted(a, shift)); // expect: lazy-capture
          for (int i = 0; i < 100; i++) {
            x = step.apply(x);
            MX.eval(x);
          }
          return x;
        }

        static Array evaluated(Array w, Array x) {
          Array shift = w.matmul(w).tanh();
          MX.eval(shift);
          Compiled step = MX.compile(a -> shifted(a, shift));
          for (int i = 0; i < 100; i++) {
            x = step.apply(x);
            MX.eval(x);
          }
          return x;
        }
        """).assertAsMarked();
  }

  @Test
  void temporariesOfAScopeAreOpenDuringItsEvaluation() {
    Linted.members("""
        static Array run(Array x, int steps) {
          for (int i = 0; i < steps; i++) {
            try (Scope scope = MX.scope()) {
              Array h = x.matmul(x);
              x = scope.keep(h.tanh());
              MX.eval(x); // expect: retained-temporaries
            }
          }
          return x;
        }
        """).assertAsMarked();
  }

  @Test
  void numbersAndComputedArraysAreNoTemporariesOfAScope() {
    Linted.members("""
        static void small(Array x, List<Array> out, int steps) {
          for (int i = 0; i < steps; i++) {
            try (Scope scope = MX.scope()) {
              Array mean = x.mean();
              Array shifted = scope.keep(mean.add(1.0));
              MX.eval(shifted);
              out.add(shifted);
            }
          }
        }

        static void computed(Array x, List<Array> out, int steps) {
          for (int i = 0; i < steps; i++) {
            try (Scope scope = MX.scope()) {
              Array h = x.matmul(x);
              double scale = h.item();
              Array shifted = scope.keep(h.multiply(scale));
              MX.eval(shifted);
              out.add(shifted);
            }
          }
        }
        """).assertAsMarked();
  }

  @Test
  void theFirstEvaluationThatComputesGradientsIsReportedOnce() {
    Linted linted = Linted.members("""
        static Array train(Array weight, Array x) {
          ValueAndGrad step = MX.valueAndGrad(w -> x.matmul(w).square().mean());
          for (int i = 0; i < 50; i++) {
            var result = step.apply(weight);
            weight = weight.subtract(result.grad().multiply(0.01));
            MX.eval(result.value());
            MX.eval(weight); // expect: retained-temporaries
            MX.eval(weight, x);
          }
          return weight;
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).containsOnlyOnce("result.closeGrads();");
  }

  @Test
  void aFieldHasNoRoomForAnEvaluation() {
    Linted linted = Linted.members("""
        private final Array weight = Random.normal(8, 8);
        private final Array square = weight.matmul(weight);
        private final Compiled step = MX.compile(a -> a.add(square)); // expect: lazy-capture
        Array run(Array x) {
          for (int i = 0; i < 10; i++) {
            x = step.apply(x);
          }
          return x;
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.findings().getFirst().fix()).isEmpty();
  }

  @Test
  void whatACompiledFunctionGivesStaysInTheLoop() {
    Linted linted = Linted.members("""
        static double run(List<Array> batches) {
          double sum = 0;
          for (Array batch : batches) {
            Array y = MX.compile(a -> MX.exp(a).sum()).apply(batch); // expect: compile-in-loop
            sum += y.shape().rank();
          }
          return sum;
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("var compiled = MX.compile(a -> MX.exp(a).sum());\n  for (")
        .contains("Array y = compiled.apply(batch);");
  }

  @Test
  void theElementsOfAScheduleAreOnlyPlausiblyDifferent() {
    Linted linted = Linted.members("""
        static Array run(Array x, double[] sigmas) {
          Compiled.With<Double> f = MX.compileWith(
              (Double s, Array[] in) -> new Array[] {in[0].multiply(s)});
          for (double s : sigmas) {
            x = f.apply(s, x)[0];
            MX.eval(x);
          }
          return x;
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.findings()).filteredOn(f -> f.rule().equals("changing-constant"))
        .extracting(Finding::certainty).containsExactly(Finding.Certainty.PLAUSIBLE);
  }

  /** Called once, it is traced once: there is nothing to hoist. */
  @Test
  void aFunctionCompiledWhereItIsCalledOnce_noFinding() {
    Linted.members("""
        static double time(java.util.function.Supplier<Array> work) {
          return work.get().sum().item();
        }

        static Array once(Array x) {
          return MX.compile(v -> v.multiply(2).tanh()).apply(x);
        }

        static Array tried(Array x) {
          return MX.compile(v -> v.multiply(3).tanh()).apply(x);
        }

        static Array either(Array x, boolean wide) {
          return MX.compile(v -> v.multiply(4).tanh()).apply(wide ? x.astype(MX.float32) : x);
        }

        public static void main(String[] args) {
          Array x = once(MX.ones(3));
          double t = time(() -> MX.compile(v -> v.multiply(5).tanh()).apply(MX.ones(3)));
          for (int step = 0; step < 10; step++) {
            if (step == 3) {
              x = MX.compile(v -> v.multiply(6).tanh()).apply(x);
              MX.eval(x);
            }
          }
          for (boolean wide : new boolean[] {true, false}) {
            MX.eval(either(x, wide));
          }
          while (true) {
            try {
              x = tried(x);
              MX.eval(x);
              break;
            } catch (IllegalStateException e) {
              System.out.println("once more");
            }
          }
        }
        """).assertAsMarked();
  }

  @Test
  void anotherFunctionInEachIterationNeedNotBeCompiled() {
    Linted linted = Linted.members("""
        static void run(List<java.util.function.Function<Array, Array>> models, Array x) {
          for (java.util.function.Function<Array, Array> model : models) {
            Compiled f = MX.compile(v -> model.apply(v)); // expect: compile-in-loop
            MX.eval(f.apply(x));
          }
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.findings().getFirst().fix()).isEmpty();
    assertThat(linted.findings().getFirst().notes()).extracting(n -> n.message())
        .anyMatch(m -> m.contains("it need not be compiled"));
  }

  @Test
  void aTextMadeOfTheCounterIsAnotherConstantInEachCall() {
    Linted linted = Linted.members("""
        private static final Compiled.With<String> F = MX.compileWith(
            (String name, Array[] in) -> new Array[] {in[0].multiply(name.length())});

        private static Array named(String name, Array x) {
          return F.apply(name, x)[0]; // expect: changing-constant
        }

        private static Array inMode(String mode, Array x) {
          return F.apply(mode, x)[0];
        }

        static void run(Array x, int n, boolean train) {
          for (int i = 0; i < n; i++) {
            MX.eval(F.apply("step " + i, x)[0]); // expect: changing-constant
            MX.eval(F.apply(String.format("step %d", i), x)[0]); // expect: changing-constant
            MX.eval(F.apply("step %03d".formatted(i), x)[0]); // expect: changing-constant
            MX.eval(F.apply(Integer.toString(i), x)[0]); // expect: changing-constant
            String built = new StringBuilder("s").append(i).toString();
            MX.eval(F.apply(built, x)[0]); // expect: changing-constant
            MX.eval(named("layer" + i, x));
            // one of a few
            MX.eval(F.apply(i % 2 == 0 ? "even" : "odd", x)[0]);
            MX.eval(F.apply("phase " + i % 4, x)[0]);
            MX.eval(F.apply(String.format("first %b", i == 0), x)[0]);
            MX.eval(F.apply(train ? "train" : "eval", x)[0]);
            MX.eval(inMode(i > 10 ? "late" : "early", x));
          }
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.findings()).allMatch(f -> f.fix().isEmpty());
  }

  @Test
  void aNameFromAListMayBeAnotherConstantInEachCall() {
    Linted linted = Linted.members("""
        static void run(Array x, List<String> names) {
          Compiled.With<String> f = MX.compileWith(
              (String name, Array[] in) -> new Array[] {in[0].multiply(name.length())});
          for (String name : names) {
            MX.eval(f.apply(name, x)[0]);
          }
          for (String mode : List.of("low", "middle", "high")) {
            MX.eval(f.apply(mode, x)[0]);
          }
          for (int epoch = 0; epoch < 9; epoch++) {
            for (String name : names) {
              MX.eval(f.apply(name, x)[0]);
            }
          }
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.findings()).extracting(Finding::certainty).containsExactly(Finding.Certainty.PLAUSIBLE);
    assertThat(linted.findings().getFirst().span().line()).isEqualTo(10);
  }

  @Test
  void aFileThatIsReplacedHasToBeReadBefore() {
    Linted.members("""
        static Map<String, Array> replaced(java.nio.file.Path file) throws java.io.IOException {
          Map<String, Array> weights = MX.load(file);
          MX.eval(weights);
          java.nio.file.Files.delete(file);
          weights.replaceAll((name, w) -> w.astype(MX.float16));
          return weights;
        }

        static Map<String, Array> logged(java.nio.file.Path file) {
          Map<String, Array> weights = MX.load(file);
          MX.eval(weights); // expect: eval-before-cast
          System.out.println(file);
          weights.replaceAll((name, w) -> w.astype(MX.float16));
          return weights;
        }
        """).assertAsMarked();
  }

  @Test
  void aLoopOfTwoInALongerOneCompilesOften() {
    Linted.members("""
        static Array run(Array x, int steps) {
          for (int i = 0; i < steps; i++) {
            for (int half = 0; half < 2; half++) {
              x = MX.compile(a -> a.multiply(0.5).tanh()).apply(x); // expect: compile-in-loop
              MX.eval(x);
            }
          }
          for (int half = 0; half < 2; half++) {
            x = MX.compile(a -> a.multiply(0.5).tanh()).apply(x);
            MX.eval(x);
          }
          return x;
        }
        """).assertAsMarked();
  }

  @Test
  void aConstantChangesWhereverTheFunctionIsHandedTo() {
    Linted.members("""
        static Compiled.With<Double> scaling() {
          return MX.compileWith((Double s, Array[] in) -> new Array[] {in[0].multiply(s).tanh()});
        }

        private static Array advance(Compiled.With<Double> f, Array x, double rate) {
          return f.apply(rate, x)[0]; // expect: changing-constant
        }

        static Array handed(Array x, int steps) {
          Compiled.With<Double> f = scaling();
          for (int i = 0; i < steps; i++) {
            x = advance(f, x, 1.0 / (i + 1));
            MX.eval(x);
          }
          return x;
        }

        static void captured(Array[] x, int steps) {
          Compiled.With<Integer> f = MX.compileWith((Integer t, Array[] in) -> new Array[] {in[0].add(t)});
          java.util.stream.IntStream.range(0, steps).forEach(t -> {
            x[0] = f.apply(t, x[0])[0]; // expect: changing-constant
            MX.eval(x[0]);
          });
        }

        static final class Kernel<C> {
          private final Compiled.With<C> f;

          Kernel(Functions.WithConstants<C> body) {
            f = MX.compileWith(body);
          }

          Array at(C constant, Array x) {
            return f.apply(constant, x)[0]; // expect: changing-constant
          }
        }

        static Array generic(Array x, int steps) {
          Kernel<Double> kernel = new Kernel<>((s, in) -> new Array[] {in[0].multiply(s)});
          for (int i = 0; i < steps; i++) {
            x = kernel.at(0.5 + i, x);
            MX.eval(x);
          }
          return x;
        }

        static Array byFunction(Array x, int steps) {
          java.util.function.DoubleUnaryOperator cosine = t -> 0.5 * (1 + Math.cos(Math.PI * t));
          Compiled.With<Double> f = scaling();
          for (int i = 0; i < steps; i++) {
            x = f.apply(cosine.applyAsDouble((double) i / steps), x)[0]; // expect: changing-constant
            MX.eval(x);
          }
          return x;
        }
        """).assertAsMarked();
  }

  @Test
  void aConstantOfFewValuesOrANewFunctionEachTimeIsLeftAlone() {
    Linted.members("""
        static Compiled.With<Double> scaling() {
          return MX.compileWith((Double s, Array[] in) -> new Array[] {in[0].multiply(s).tanh()});
        }

        private static Array advance(Compiled.With<Double> f, Array x, double rate) {
          return f.apply(rate, x)[0];
        }

        static Array handed(Array x, int steps, List<Compiled.With<Double>> all) {
          Compiled.With<Double> f = scaling();
          for (int i = 0; i < steps; i++) {
            x = advance(f, x, i % 2 == 0 ? 0.5 : 0.25);
            MX.eval(x);
          }
          for (int i = 0; i < steps; i++) {
            x = advance(all.get(i), x, 1.0 / (i + 1));
            MX.eval(x);
          }
          return x;
        }

        static void captured(Array[] x) {
          Compiled.With<Integer> f = MX.compileWith((Integer t, Array[] in) -> new Array[] {in[0].sum(t)});
          List.of(0, 1, -1).forEach(axis -> {
            x[0] = f.apply(axis, x[0])[0];
            MX.eval(x[0]);
          });
        }
        """).assertAsMarked();
  }

  @Test
  void theComponentsOfACapturedRecordAreComputedInEveryCall() {
    Linted linted = Linted.members("""
        record Norm(Array mean, Array scale, int size) {}

        static Array run(Compiled f, Array x, int steps) {
          for (int i = 0; i < steps; i++) {
            x = f.apply(x);
            MX.eval(x);
          }
          return x;
        }

        static Array lazy(Array w, int steps) {
          Norm norm = new Norm(w.mean(0), w.add(1.0).rsqrt(), 4);
          Compiled f = MX.compile(x -> x.subtract(norm.mean()).multiply(norm.size())); // expect: lazy-capture
          return run(f, w, steps);
        }

        static Array computed(Array w, int steps) {
          Norm norm = new Norm(w.mean(0), w.add(1.0).rsqrt(), 4);
          MX.eval(norm.mean());
          Compiled f = MX.compile(x -> x.subtract(norm.mean()).multiply(norm.size()));
          return run(f, w, steps);
        }

        static Array computedByName(Array w, int steps) {
          Array mean = w.mean(0);
          Norm norm = new Norm(mean, w.add(1.0).rsqrt(), 4);
          MX.eval(mean);
          Compiled f = MX.compile(x -> x.subtract(norm.mean()).multiply(norm.size()));
          return run(f, w, steps);
        }

        static Array cheap(Array w, int steps) {
          Norm norm = new Norm(MX.zeros(4), w.add(1.0).rsqrt(), 4);
          Compiled f = MX.compile(x -> x.subtract(norm.mean()).multiply(norm.size()));
          return run(f, w, steps);
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).containsOnlyOnce("MX.eval(norm);");
  }

  @Test
  void weightsAreFollowedThroughFunctionsAndAllThatAMethodMayBe() {
    Linted.members("""
        enum Kind {
          HALF {
            @Override
            Array of(Array w) {
              return w.astype(MX.float16);
            }
          },
          BRAIN {
            @Override
            Array of(Array w) {
              return w.astype(MX.bfloat16);
            }
          };

          abstract Array of(Array w);
        }

        enum Any {
          SAME {
            @Override
            Array of(Array w) {
              return w;
            }
          },
          HALF {
            @Override
            Array of(Array w) {
              return w.astype(MX.float16);
            }
          };

          abstract Array of(Array w);
        }

        static void kinds(Kind kind, Any any, List<Array> out) {
          Map<String, Array> weights = MX.load("a.safetensors");
          MX.eval(weights); // expect: eval-before-cast
          weights.values().forEach(w -> out.add(kind.of(w)));
          Map<String, Array> others = MX.load("b.safetensors");
          MX.eval(others);
          others.values().forEach(w -> out.add(any.of(w)));
        }

        static void functions(java.util.function.UnaryOperator<Array> unknown, List<Array> out) {
          java.util.function.UnaryOperator<Array> cast = w -> w.astype(MX.float16);
          Map<String, Array> weights = MX.load("a.safetensors");
          MX.eval(weights); // expect: eval-before-cast
          for (Array w : weights.values()) {
            out.add(cast.apply(w));
          }
          Map<String, Array> others = MX.load("b.safetensors");
          MX.eval(others);
          for (Array w : others.values()) {
            out.add(unknown.apply(w));
          }
        }
        """).assertAsMarked();
  }

  @Test
  void aFunctionLeavesGradientsOpenAsAMethodDoes() {
    Linted linted = Linted.members("""
        static void run(nn.Linear model, optim.Optimizer optimizer, ValueAndGrad vg, Array x, int steps) {
          java.util.function.Function<Array, Array> step = batch -> {
            ValueAndGrad.Result result = vg.apply(batch);
            optimizer.update(model, result.gradsByName());
            return result.value();
          };
          for (int i = 0; i < steps; i++) {
            Array loss = step.apply(x);
            MX.eval(model, optimizer, loss); // expect: retained-temporaries
          }
        }

        static void closed(nn.Linear model, optim.Optimizer optimizer, ValueAndGrad vg, Array x, int steps) {
          java.util.function.Function<Array, Array> step = batch -> {
            ValueAndGrad.Result result = vg.apply(batch);
            optimizer.update(model, result.gradsByName());
            result.closeGrads();
            return result.value();
          };
          for (int i = 0; i < steps; i++) {
            Array loss = step.apply(x);
            MX.eval(model, optimizer, loss);
          }
        }
        """.replace("nn.", "io.mlxlint.mx.nn.").replace("optim.", "io.mlxlint.mx.optim."));
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("""
            optimizer.update(model, result.gradsByName());
            result.closeGrads();
            return result.value();
        """);
  }

  @Test
  void whatAScopeKeepsIsEvaluatedAfterIt() {
    Linted linted = Linted.members("""
        static Array run(Array w, int steps) {
          for (int i = 0; i < steps; i++) {
            try (Scope s = MX.scope()) {
              Array h = w.matmul(w).tanh();
              w = s.keep(h.matmul(w).multiply(0.1));
              MX.eval(w); // expect: retained-temporaries
            }
          }
          return w;
        }

        static void unknown(Array w) {
          try (Scope s = MX.scope()) {
            Array h = w.matmul(w).tanh();
            Array kept = s.keep(h.matmul(w).multiply(0.1));
            MX.eval(kept); // expect: retained-temporaries
          }
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("    }\n    MX.eval(w);\n", "MX.eval(kept); // expect");
  }

  @Test
  void aFieldThatIsReplacedInEachCallKeepsNoTrace() {
    Linted.members("""
        private Compiled f;
        private Compiled kept;
        private Compiled shown;

        Array step(Array x) {
          f = MX.compile(a -> a.multiply(0.5).tanh()); // expect: compile-in-loop
          return f.apply(x);
        }

        Array keeping(Array x) {
          if (kept == null) {
            kept = MX.compile(a -> a.multiply(0.5).tanh());
          }
          return kept.apply(x);
        }

        Array showing(Array x) {
          shown = MX.compile(a -> a.multiply(0.5).tanh());
          return shown.apply(x);
        }

        Array again(Array x) {
          return shown.apply(x);
        }

        Array run(Array x, int steps) {
          for (int i = 0; i < steps; i++) {
            x = again(showing(keeping(step(x))));
            MX.eval(x);
          }
          return x;
        }
        """).assertAsMarked();
  }

  @Test
  void aFunctionThatEachIterationClosesHasANoteInsteadOfAFix() {
    Linted linted = Linted.members("""
        static Array run(Array x, int steps) {
          for (int i = 0; i < steps; i++) {
            try (var f = MX.compile(a -> a.multiply(0.5).tanh()).shapeless()) { // expect: compile-in-loop
              x = MX.asyncEval(f.apply(x));
            }
          }
          return x;
        }

        static Array once(Array x, int steps) {
          try (Compiled f = MX.compile(a -> a.multiply(0.5).tanh()).shapeless()) {
            for (int i = 0; i < steps; i++) {
              x = MX.asyncEval(f.apply(x));
            }
          }
          return x;
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.findings().getFirst().fix()).isEmpty();
    assertThat(linted.findings().getFirst().notes()).extracting(Note::message)
        .contains("closed in each iteration; compile it before the loop and close it after");
  }
}
