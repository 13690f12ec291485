package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Finding;
import org.junit.jupiter.api.Test;

class EvaluationRulesTest {

  @Test
  void forEachOverAnArrayReadsEachElement() {
    Linted linted = Linted.members("""
        static double sum(Array xs) {
          double sum = 0;
          for (Array x : xs) {
            sum += x.item(); // expect: host-read-in-loop
          }
          return sum;
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("for (double x : xs.toDoubleArray()) {").contains("sum += x;");
  }

  @Test
  void theElementMayBeReadInAnotherMethod() {
    Linted linted = Linted.members("""
        static double at(Array xs, int i) {
          return xs.at(i).item(); // expect: host-read-in-loop "per call"
        }

        static double sum(Array xs) {
          double sum = 0;
          for (int i = 0; i < xs.shape(0); i++) {
            sum += at(xs, i);
          }
          return sum;
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.findings().getFirst().notes()).extracting(n -> n.span().line()).containsExactly(13, 12);
  }

  @Test
  void aSecondReadOfTheSameIterationIsReported() {
    Linted.members("""
        static void train(Array x, int steps) {
          for (int step = 0; step < steps; step++) {
            Array loss = x.multiply(step).square().mean();
            Array norm = x.multiply(step).abs().max();
            System.out.println(loss.item());
            System.out.println(norm.item()); // expect: host-read-in-loop "second wait"
          }
        }
        """).assertAsMarked();
  }

  @Test
  void oneReadAtTheEndOfAnIteration_noFinding() {
    Linted.members("""
        static double train(Array x, int steps) {
          double total = 0;
          for (int step = 0; step < steps; step++) {
            Array loss = x.multiply(step).square().mean();
            total += loss.item();
          }
          return total;
        }
        """).assertAsMarked();
  }

  @Test
  void readsOfWhatOneEvaluationComputed_noFinding() {
    Linted.members("""
        static double train(Array x, int steps) {
          double total = 0;
          for (int step = 0; step < steps; step++) {
            Array loss = x.multiply(step).square().mean();
            Array norm = x.multiply(step).abs().max();
            MX.eval(loss, norm);
            total += loss.item() + norm.item();
          }
          return total;
        }
        """).assertAsMarked();
  }

  @Test
  void aReadThatDecidesControlFlow_noFinding() {
    Linted.members("""
        static Array solve(Array x) {
          while (true) {
            x = x.add(2.0).sqrt();
            MX.eval(x);
            if (x.subtract(2.0).abs().max().item() < 1e-6) {
              break;
            }
          }
          return x;
        }

        static int first(Array xs) {
          int i = 0;
          while (xs.at(i).item() < 0) {
            i++;
          }
          return i;
        }
        """).assertAsMarked();
  }

  @Test
  void theReadOfTheStepBeforeInAPipeline_noFinding() {
    Linted.members("""
        static double generate(Array x, int steps) {
          double total = 0;
          Array now = MX.asyncEval(x.add(1.0));
          for (int step = 0; step < steps; step++) {
            Array next = MX.asyncEval(now.multiply(0.5).tanh());
            total += now.item();
            now = next;
          }
          return total;
        }
        """).assertAsMarked();
  }

  @Test
  void aReportEveryNthStep_noFinding() {
    Linted.members("""
        static void train(Array x, Array history) {
          for (int step = 0; step < 1000; step++) {
            x = x.multiply(0.9);
            MX.eval(x);
            if (step % 100 == 0) {
              System.out.println(history.at(step).item());
              System.out.println(x.mean().item());
              System.out.println(x.max().item());
            }
          }
        }
        """).assertAsMarked();
  }

  @Test
  void aLoopThatRunsTwice_noFinding() {
    Linted.members("""
        static double two(Array xs) {
          double sum = 0;
          for (int i = 0; i < 2; i++) {
            sum += xs.at(i).item();
          }
          return sum;
        }
        """).assertAsMarked();
  }

  @Test
  void anEvaluationBeforeAStopwatch_noFinding() {
    Linted.members("""
        static long time(Array x, int steps) {
          long total = 0;
          for (int step = 0; step < steps; step++) {
            Array h = x.multiply(step).tanh();
            MX.eval(h);
            long start = System.nanoTime();
            MX.eval(h.matmul(h));
            total += System.nanoTime() - start;
          }
          return total;
        }
        """).assertAsMarked();
  }

  @Test
  void oneEvaluationPerIteration_noFinding() {
    Linted.members("""
        static Array train(Array w, int steps) {
          for (int step = 0; step < steps; step++) {
            w = w.subtract(w.multiply(0.1));
            MX.eval(w);
          }
          return w;
        }
        """).assertAsMarked();
  }

  @Test
  void aLoopOverLayersBuildsOneGraph_noFinding() {
    Linted.members("""
        static Array forward(List<Array> layers, Array x) {
          for (Array w : layers) {
            x = x.matmul(w).tanh();
          }
          return x;
        }
        """).assertAsMarked();
  }

  @Test
  void stateEvaluatedEveryTenthStep_noFinding() {
    Linted.members("""
        static Array train(Array w, Array x) {
          for (int step = 0; step < 1000; step++) {
            w = w.subtract(w.multiply(0.1));
            if (step % 10 == 0) {
              MX.eval(w);
            }
          }
          return w;
        }
        """).assertAsMarked();
  }

  @Test
  void stateEvaluatedThroughAMethodOrAList_noFinding() {
    Linted.members("""
        static void finish(Array a) {
          MX.eval(a);
        }

        static Array train(Array w, Array v) {
          for (int step = 0; step < 1000; step++) {
            w = w.subtract(w.multiply(0.1));
            v = v.multiply(0.5);
            finish(w);
            MX.eval(List.of(v));
          }
          return w.add(v);
        }
        """).assertAsMarked();
  }

  @Test
  void stateThatAnUnknownMethodMayEvaluate_noFinding() {
    Linted.members("""
        static Array train(Array w, Object other) {
          for (int step = 0; step < 1000; step++) {
            w = w.subtract(w.multiply(0.1));
            undeclared(w);
            MX.eval(other);
          }
          return w;
        }
        """).assertAsMarked();
  }

  @Test
  void aCounterInAFieldGrows() {
    Linted.members("""
        private Array seen = MX.zeros(1);

        void train(Array x, int steps) {
          for (int step = 0; step < steps; step++) {
            Array y = x.multiply(step).tanh();
            seen = seen.add(1.0); // expect: unevaluated-loop-state
            MX.eval(y);
          }
        }
        """).assertAsMarked();
  }

  @Test
  void aLongLoopWithoutAnyEvaluationGrows() {
    Linted linted = Linted.members("""
        static Array power(Array x) {
          for (int step = 0; step < 1000; step++) {
            x = x.multiply(0.999); // expect: unevaluated-loop-state
          }
          return x;
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("MX.eval(x);");
  }

  @Test
  void stateJoinsTheLastEvaluationOfEachIteration() {
    String loop = """
        private Array seen = MX.zeros(1);

        void run(Array x, int steps) {
          for (int i = 0; i < steps; i++) {
            Array y = x.multiply(i).tanh();
            %s
            MX.eval(y.sum());
            %s
          }
        }
        """;
    String update = "seen = seen.add(y); // expect: unevaluated-loop-state\n    ";
    Linted adjacent = Linted.members(loop.formatted(update, "MX.eval(x, y);"));
    adjacent.assertAsMarked();
    assertThat(adjacent.fixed()).contains("MX.eval(y.sum());").contains("MX.eval(x, y, seen);");
    Linted seldom = Linted.members(loop.formatted(update, "if (i % 9 == 0) {\n      MX.eval(y);\n    }"));
    assertThat(seldom.fixed()).contains("MX.eval(y.sum(), seen);").contains("MX.eval(y);");
    Linted guarded = Linted.members(loop.formatted("if (i > 7) {\n      " + update + "}", "MX.eval(y);"));
    guarded.assertAsMarked();
    assertThat(guarded.fixed()).contains("MX.eval(y.sum());").contains("MX.eval(y, seen);");
    Linted later = Linted.members(loop.formatted("MX.eval(x);", update));
    assertThat(later.fixed()).contains("MX.eval(x);").contains("MX.eval(y.sum());")
        .contains("MX.asyncEval(seen);");
  }

  @Test
  void whereTheLoopReadsAnywayTheStateIsNotWaitedForAgain() {
    String loop = """
        static double run() {
          Array state = MX.zeros(1);
          double sum = 0;
          for (int i = 0; i < 300; i++) {
            Array loss = Random.normal(8).mean();
            %s
          }
          return sum + state.item();
        }
        """;
    String update = "state = state.add(loss); // expect: unevaluated-loop-state\n    ";
    Linted named = Linted.members(loop.formatted(update + "sum += loss.item();"));
    named.assertAsMarked();
    assertThat(named.fixed()).contains("MX.eval(loss, state);\n    sum += loss.item();");
    Linted unnamed = Linted.members(loop.formatted(update + "sum += 2 * loss.sqrt().item();"));
    assertThat(unnamed.fixed()).contains(
        "Array computed = loss.sqrt();\n    MX.eval(computed, state);\n    sum += 2 * computed.item();");
    Linted guarded = Linted.members(loop.formatted(update + "sum += i == 7 ? 0 : loss.sqrt().item();"));
    assertThat(guarded.fixed()).contains("MX.asyncEval(state);").doesNotContain("MX.eval(");
    Linted later = Linted.members(loop.formatted("sum += loss.item();\n    " + update));
    later.assertAsMarked();
    assertThat(later.fixed()).contains("MX.asyncEval(state);").doesNotContain("MX.eval(");
  }

  /** The first of the reads keeps the array, so that no other computes it again. */
  @Test
  void anArrayOfWhichSeparateReadsMakeSomethingNeedsNoEvaluation() {
    String program = """
        static double mean(Array v) {
          return v.mean().item();
        }

        static double run(Array x, Array w, int steps) {
          double sum = 0;
          for (int i = 0; i < steps; i++) {
            Array s = x.multiply(i).matmul(w).tanh();
            MX.eval(s);%s
          }
          return sum;
        }
        """;
    String expected = " // expect: eval-per-intermediate\n    ";
    Linted.members(program.formatted(expected + "sum += s.max().item();\n"
        + "    sum += s.min().item(); // expect: host-read-in-loop")).assertAsMarked();
    Linted.members(program.formatted(expected + """
        if (i % 2 == 0) {
          sum += s.max().item();
        } else if (i % 3 == 0) {
          sum += s.min().item();
        } else {
          sum += mean(s.square());
        }
        """)).assertAsMarked();
    // these need what was evaluated itself, or do not always follow
    Linted.members(program.formatted("\nsum += s.toFloatArray()[0] + s.sum().item();"
        + " // expect: host-read-in-loop")).assertAsMarked();
    Linted.members(program.formatted("\nsum += mean(s);")).assertAsMarked();
    Linted.members(program.formatted("\nif (i % 2 == 0) {\n  sum += s.max().item();\n}")).assertAsMarked();
    Linted.members(program.formatted("\nif (i % 2 == 0) {\n  continue;\n}\nsum += s.max().item();"))
        .assertAsMarked();
  }

  /** Once for a step, not for each of its layers. */
  @Test
  void stateThatLayersUpdateIsEvaluatedOncePerStep() {
    String program = """
        static double run(Array[] layers, Array x, int steps) {
          Array seen = MX.zeros(4);
          double sum = 0;
          for (int s = 0; s < steps; s++) {
            Array h = x;
            for (Array w : layers) {
              h = h.matmul(w);
              seen = seen.add(h.mean(0)); // expect: unevaluated-loop-state
            }
            %s
          }
          return sum + seen.sum().item();
        }
        """;
    Linted read = Linted.members(program.formatted("sum += h.sum().item();"));
    read.assertAsMarked();
    assertThat(read.fixed()).contains(
        "  }\n    Array computed = h.sum();\n    MX.eval(computed, seen);\n    sum += computed.item();");
    Linted guarded = Linted.members(program.formatted("if (s % 2 == 0) {\n      MX.eval(h);\n    }"));
    guarded.assertAsMarked();
    assertThat(guarded.fixed()).contains("  }\n    MX.asyncEval(seen);\n    if (s % 2 == 0)");
    Linted evaluated = Linted.members(program.formatted("MX.eval(h);"));
    assertThat(evaluated.fixed()).contains("MX.eval(h, seen);");
  }

  @Test
  void stateThatBatchesUpdateIsEvaluatedForEachBatch() {
    Linted linted = Linted.members("""
        static double run(List<Array> batches, Array w, int epochs) {
          Array seen = MX.zeros(4);
          double sum = 0;
          for (int epoch = 0; epoch < epochs; epoch++) {
            for (Array x : batches) {
              Array y = x.matmul(w);
              sum += y.sum().item();
              seen = seen.add(y.mean(0)); // expect: unevaluated-loop-state
            }
            MX.eval(w);
          }
          return sum + seen.sum().item();
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("(y.mean(0)); // expect: unevaluated-loop-state\n"
        + "      MX.asyncEval(seen);\n    }");
  }

  @Test
  void elementsAreEvaluatedTogetherOncePerStep() {
    Linted linted = Linted.members("""
        private final Map<String, Array> averages = new HashMap<>();

        double run(Map<String, Array> weights, Array x, int steps) {
          double sum = 0;
          for (int s = 0; s < steps; s++) {
            for (String name : weights.keySet()) {
              averages.put(name, averages.get(name).multiply(0.9) // expect: unevaluated-loop-state
                  .add(weights.get(name)));
            }
            sum += x.multiply(s).sum().item();
          }
          return sum;
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("MX.eval(computed, averages);");
  }

  @Test
  void aMethodThatUpdatesInALoopEvaluatesAfterIt() {
    Linted linted = Linted.members("""
        private Array seen = MX.zeros(4);

        private Array through(Array[] layers, Array x) {
          Array h = x;
          for (Array w : layers) {
            h = h.matmul(w);
            seen = seen.add(h.mean(0)); // expect: unevaluated-loop-state
          }
          return h;
        }

        double run(Array[] layers, Array x, int steps) {
          double sum = 0;
          for (int s = 0; s < steps; s++) {
            sum += through(layers, x).sum().item();
          }
          return sum;
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("  }\n  MX.asyncEval(seen);\n  return h;");
  }

  private static final String NET = """
      import io.mlxlint.mx.*;
      import io.mlxlint.mx.nn.*;
      import io.mlxlint.mx.nn.Module;

      class Net extends Module {
        private final Linear first = new Linear(16, 32);
        private final Linear last = new Linear(32, 4);

        @Override
        protected Array forward(Array x) {
          return last.apply(NN.relu(first.apply(x)));
        }
      }

      class Test {
        private static Array loss(Array y, Array targets) {
          return MX.tidy(() -> Losses.crossEntropy(y, targets).mean());
        }

        private static Array accuracy(Array y, Array targets) {
          return y.argmax(-1).equal(targets).mean();
        }

      %s
      }
      """;

  @Test
  void whatAModelReturnsIsAnIntermediateWhereALossIsMadeOfIt() {
    Linted.of(NET.formatted("""
          static double test(Net net, Array[] xs, Array targets) {
            double total = 0;
            for (Array x : xs) {
              Array y = net.apply(x);
              MX.eval(y); // expect: eval-per-intermediate
              total += loss(y, targets).item();
            }
            return total;
          }
        """)).assertAsMarked();
  }

  @Test
  void whatAModelReturnsIsNoIntermediateOfAnotherLoss() {
    Linted.of(NET.formatted("""
          static Array kept;

          private static Array first(Array y, Array other) {
            return other.sum();
          }

          static double test(Net net, Array[] xs, Array targets) {
            double total = 0;
            for (Array x : xs) {
              Array y = net.apply(x);
              MX.eval(y);
              kept = y;
              total += first(y, x).item();
            }
            return total;
          }
        """)).assertAsMarked();
  }

  @Test
  void lossAndAccuracyOfMethodsAreTwoWaits() {
    Linted linted = Linted.of(NET.formatted("""
          static double test(Net net, Array[] xs, Array targets) {
            double total = 0;
            for (Array x : xs) {
              Array y = net.apply(x);
              Array loss = loss(y, targets);
              Array accuracy = accuracy(y, targets);
              total += loss.item();
              total += accuracy.item(); // expect: host-read-in-loop
            }
            return total;
          }
        """));
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("MX.eval(loss, accuracy);");
  }

  @Test
  void oneReadOfWhatAMethodMadeIsRight() {
    Linted.of(NET.formatted("""
          static double test(Net net, Array[] xs, Array targets) {
            double total = 0;
            for (Array x : xs) {
              total += loss(net.apply(x), targets).item();
            }
            return total;
          }

          static double together(Net net, Array[] xs, Array targets) {
            double total = 0;
            for (Array x : xs) {
              Array y = net.apply(x);
              Array loss = loss(y, targets);
              Array accuracy = accuracy(y, targets);
              MX.eval(loss, accuracy);
              total += loss.item() + accuracy.item();
            }
            return total;
          }
        """)).assertAsMarked();
  }

  @Test
  void theValueOfAStepAndAnotherFigureAreTwoWaits() {
    Linted.members("""
        static double train(ValueAndGrad step, Array w, Array[] xs) {
          double total = 0;
          for (Array x : xs) {
            ValueAndGrad.Result result = step.apply(w, x);
            Array norm = x.square().sum();
            total += result.value().item();
            total += norm.item(); // expect: host-read-in-loop
          }
          return total;
        }

        static double evaluated(ValueAndGrad step, Array w, Array[] xs) {
          double total = 0;
          for (Array x : xs) {
            ValueAndGrad.Result result = step.apply(w, x);
            Array norm = x.square().sum();
            MX.eval(result, norm);
            total += norm.item();
            total += result.value().item();
          }
          return total;
        }
        """).assertAsMarked();
  }

  @Test
  void aFixKeepsCommentsOrIsNotMade() {
    Linted linted = Linted.members("""
        static double sum(Array xs) {
          double sum = 0;
          for (int i = 0; i < 4096; i++) {
            sum += xs
                .at(i) // the i-th
                .item();
          }
          return sum;
        }
        """);
    assertThat(linted.findings()).extracting(Finding::rule).containsExactly("host-read-in-loop");
    assertThat(linted.fixed()).contains("// the i-th");
  }

  @Test
  void aLineIsAddedAboveTheLoopWhateverEndsLines() {
    Linted linted = Linted.of("""
        import io.mlxlint.mx.*;

        class Test {
          static double sum(Array xs) {
            double sum = 0;
            for (int i = 0; i < 4096; i++) {
              sum += xs.at(i).item();
            }
            return sum;
          }
        }
        """.replace('\n', '\r'));
    assertThat(linted.findings().getFirst().fix().orElseThrow().edits())
        .extracting(e -> e.span().line()).containsExactly(6, 7);
    assertThat(linted.fixed().replace('\r', '\n'))
        .contains("double sum = 0;\n    double[] xsValues = xs.toDoubleArray();\n    for (");
  }

  @Test
  void namesNeedNotBeEnglish() {
    assertThat(Linted.members("""
        static double sum(Array größe) {
          double sum = 0;
          for (int i = 0; i < 4096; i++) {
            sum += größe.at(i).item();
          }
          return sum;
        }
        """).fixed())
        .contains("double[] größeValues = größe.toDoubleArray();").contains("+= größeValues[i];");
  }

  @Test
  void forEachOverAComponentReadsItWhole() {
    assertThat(Linted.members("""
        record Batch(Array inputs, Array labels) {}

        static int sum(Batch batch) {
          int sum = 0;
          for (Array label : batch.labels()) {
            sum += label.itemInt();
          }
          return sum;
        }
        """).fixed()).contains("for (int label : batch.labels().toIntArray()) {").contains("sum += label;");
  }

  @Test
  void aLambdaThatIsKnownHidesNoEvaluation() {
    Linted.members("""
        static void generate(Array embedding, List<Integer> tokens) {
          java.util.function.UnaryOperator<Array> head = h -> h.matmul(embedding.T());
          while (tokens.size() < 30) {
            Array logits = head.apply(embedding.at(tokens.getLast()).reshape(1, 32));
            MX.eval(logits); // expect: eval-per-intermediate
            tokens.add(MX.argmax(logits, -1).itemInt());
          }
        }
        """).assertAsMarked();
  }

  @Test
  void aFunctionForEachElementGrowsWhatItCaptures() {
    Linted linted = Linted.members("""
        static Array run(List<Array> batches) {
          Array[] sum = {MX.zeros(8)};
          batches.forEach(batch -> {
            Array y = batch.tanh();
            sum[0] = sum[0].add(y); // expect: unevaluated-loop-state
            MX.eval(y);
          });
          return sum[0];
        }

        static Array both(List<Array> batches) {
          Array[] sum = {MX.zeros(8)};
          batches.forEach(batch -> {
            Array y = batch.tanh();
            sum[0] = sum[0].add(y);
            MX.eval(y, sum[0]);
          });
          return sum[0];
        }

        static void others(List<Array[]> pairs, Array[] sums) {
          pairs.forEach(pair -> {
            pair[0] = pair[0].add(1);
            MX.eval(pair[1]);
          });
          java.util.stream.IntStream.range(0, 9).forEach(i -> {
            sums[i] = sums[i].add(1);
            MX.eval(MX.ones(i));
          });
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("MX.eval(y, sum);");
  }

  @Test
  void anotherElementThatIsReplacedSaysNothingOfThisOne() {
    Linted.members("""
        static Array[] run(int steps) {
          Array x = MX.ones(8);
          Array[] sums = {MX.zeros(8), MX.zeros(8)};
          for (int i = 0; i < steps; i++) {
            x = x.multiply(0.9).tanh();
            sums[0] = sums[0].add(x); // expect: unevaluated-loop-state
            sums[1] = x;
            MX.eval(x);
          }
          return sums;
        }

        static Array[] started(int steps) {
          Array x = MX.ones(8);
          Array[] sums = {MX.zeros(8), MX.zeros(8)};
          for (int i = 0; i < steps; i++) {
            x = x.multiply(0.9).tanh();
            sums[0] = x;
            sums[1] = sums[0].add(x);
            MX.eval(x);
          }
          return sums;
        }
        """).assertAsMarked();
  }

  @Test
  void theAccessorOfARecordAnswersForAnInterface() {
    Linted.members("""
        interface Scored {
          Array all();

          default double best() {
            double best = -1;
            for (int i = 0; i < all().shape(0); i++) {
              best = Math.max(best, all().at(i).item()); // expect: host-read-in-loop
            }
            return best;
          }
        }

        record Scores(Array all) implements Scored {}

        static double run(Array x) {
          return new Scores(x).best();
        }
        """).assertAsMarked();
  }

  @Test
  void oneCallAfterTheOtherIsOnTheSameObject() {
    Linted.members("""
        private Array x = MX.ones(8);
        private Array reward = MX.zeros();
        private Array seen = MX.zeros();

        Test advance() {
          x = x.multiply(0.9).tanh();
          MX.eval(x);
          return this;
        }

        Test rewarded() {
          reward = reward.add(x.sum()); // expect: unevaluated-loop-state
          return this;
        }

        Test watched() {
          seen = seen.add(x.sum());
          return this;
        }

        Test next() {
          return new Test();
        }

        static Array run(Test test, int steps) {
          for (int i = 0; i < steps; i++) {
            test.advance().rewarded();
            test.next().advance().watched();
          }
          return test.reward;
        }
        """).assertAsMarked();
  }

  @Test
  void evaluatingOneComponentLeavesTheOthersAsTheyAre() {
    Linted.members("""
        record State(Array x, Array momentum) {}

        static State run(int steps) {
          State s = new State(MX.ones(8), MX.zeros(8));
          for (int i = 0; i < steps; i++) {
            Array x = s.x().multiply(0.9).tanh();
            s = new State(x, s.momentum().multiply(0.9).add(x)); // expect: unevaluated-loop-state
            MX.eval(s.x());
          }
          return s;
        }

        static State both(int steps) {
          State s = new State(MX.ones(8), MX.zeros(8));
          for (int i = 0; i < steps; i++) {
            Array x = s.x().multiply(0.9).tanh();
            s = new State(x, s.momentum().multiply(0.9).add(x));
            MX.eval(s.x(), s.momentum());
          }
          return s;
        }

        static State behind(int steps) {
          State s = new State(MX.ones(8), MX.zeros(8));
          for (int i = 0; i < steps; i++) {
            Array momentum = s.momentum().multiply(0.9).add(s.x());
            s = new State(s.x().add(momentum), momentum);
            MX.eval(s.x());
          }
          return s;
        }
        """).assertAsMarked();
  }

  @Test
  void whatTheFixEvaluatesWhereverTheUpdateRunsIsNoReport() {
    Linted linted = Linted.members("""
        private Array served = MX.zeros(4);

        Array serve(Queue<Array> queue, int steps) {
          Array x = MX.ones(4);
          for (int i = 0; i < steps; i++) {
            x = x.multiply(0.9);
            MX.eval(x);
            Array asked = queue.poll();
            if (asked == null) {
              continue;
            }
            answer(asked);
          }
          return served;
        }

        private void answer(Array asked) {
          served = served.add(asked); // expect: unevaluated-loop-state
        }

        static Array sampled(Array x, int steps) {
          Map<String, Array> sums = new HashMap<>();
          sums.put("x", MX.zeros(4));
          for (int i = 0; i < steps; i++) {
            x = x.multiply(0.9);
            MX.eval(x);
            if (i % 10 == 0) {
              sums.put("x", sums.get("x").add(x)); // expect: unevaluated-loop-state
            }
          }
          return sums.get("x");
        }
        """);
    linted.assertAsMarked();
    Linted fixed = Linted.of(linted.fixed());
    assertThat(fixed.findings()).isEmpty();
  }

  @Test
  void aReportWhereTheUpdateDoesNotRunIsSeldom() {
    Linted linted = Linted.members("""
        private Array seen = MX.zeros(4);

        void run(Array x, int steps) {
          for (int i = 0; i < steps; i++) {
            x = x.multiply(0.9);
            MX.eval(x);
            if (i % 10 == 0) {
              System.out.println(seen);
            } else {
              add(x);
            }
          }
        }

        private void add(Array x) {
          seen = seen.add(x);
        }
        """);
    assertThat(linted.findings()).extracting(Finding::rule).containsExactly("unevaluated-loop-state");
  }
}
