package io.mlxlint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlxlint.finding.Finding;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DtypeRulesTest {

  @Test
  void halfPrecisionIsFollowedThroughTwoCalls() {
    Linted linted = Linted.members("""
        static Array half(Array x) {
          return x.astype(MX.float16);
        }

        static Array prepared(Array x) {
          return half(x).reshape(-1);
        }

        static Array scale(Array x) {
          return x.multiply(MX.array(0.5)); // expect: scalar-array-upcast
        }

        static Array run() {
          Array x = prepared(MX.ones(2, 2)); // infer: x float16
          return scale(x);
        }
        """);
    linted.assertAsMarked();
    Finding finding = linted.findings().getFirst();
    assertThat(finding.notes()).extracting(n -> n.message())
        .containsSubsequence("cast to float16 here", "returned by `prepared` here");
    assertThat(finding.notes()).extracting(n -> n.span().line())
        .as(linted.report()).contains(7, 11, 19, 20, 15);
  }

  @Test
  void halfPrecisionIsFollowedThroughFieldsAndRecords() {
    Linted.members("""
        record Batch(Array x, Array y) {}

        private final Array weight;

        Test(DType dtype) {
          weight = MX.ones(4, 4).astype(dtype);
        }

        static Test half() {
          return new Test(MX.bfloat16);
        }

        Array apply(Batch batch) {
          Array a = weight.add(MX.array(1.0)); // expect: scalar-array-upcast
          Array b = batch.x().multiply(MX.array(2.0)); // expect: scalar-array-upcast
          return a.add(b).add(batch.y());
        }

        static Array run() {
          Array x = MX.ones(4).astype(MX.bfloat16);
          return half().apply(new Batch(x, x.square()));
        }
        """).assertAsMarked();
  }

  @Test
  void halfPrecisionIsFollowedThroughListsMapsAndLambdas() {
    Linted.members("""
        static Array run() {
          Map<String, Array> weights = new HashMap<>();
          for (String name : List.of("a", "b")) {
            weights.put(name, MX.ones(3).astype(MX.float16));
          }
          Array a = weights.get("a"); // infer: a float16
          Array[] parts = a.reshape(3, 1).split(3);
          Array sum = parts[0].add(MX.array(1.0)); // expect: scalar-array-upcast
          Compiled f = MX.compile(x -> x.multiply(MX.array(3.0))); // expect: scalar-array-upcast
          return f.apply(a).add(sum);
        }
        """).assertAsMarked();
  }

  @Test
  void everyCallerCountsByItself() {
    Linted linted = Linted.members("""
        static Array scale(Array x) {
          return x.multiply(MX.array(0.5)); // expect: scalar-array-upcast
        }

        static Array run() {
          Array wide = scale(MX.ones(3)); // infer: wide float32
          return scale(MX.ones(3).astype(MX.float16));
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.findings()).hasSize(1);
  }

  @Test
  void oneUpcastDoesNotHideTheNext() {
    Linted.members("""
        static Array run() {
          Array x = MX.ones(3).astype(MX.float16);
          Array y = x.multiply(MX.array(0.5)); // expect: scalar-array-upcast
          return y.add(MX.zeros(3)); // expect: default-dtype-creator
        }
        """).assertAsMarked();
  }

  @Test
  void whatIsMadeOfCreatorsIsStillDefault() {
    Linted.members("""
        static Array run() {
          Array x = MX.ones(3).astype(MX.float16);
          Array mask = MX.where(MX.arange(3).greater(1), MX.ones(1), MX.zeros(1)).expandDims(-1);
          return x.multiply(mask); // expect: default-dtype-creator
        }
        """).assertAsMarked();
  }

  @Test
  void aMethodWithoutCallersIsOnlyPlausible() {
    Linted linted = Linted.members("""
        static Array scale(Array x) {
          return x.multiply(MX.array(0.5));
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.findings()).extracting(Finding::certainty).containsExactly(Finding.Certainty.PLAUSIBLE);
  }

  @Test
  void aNumberThatHalfCannotHold_noFinding() {
    Linted.members("""
        static Array run() {
          Array x = MX.ones(3).astype(MX.float16);
          return x.multiply(MX.array(70000.0)).add(x.multiply(MX.array(1e-9)));
        }
        """).assertAsMarked();
  }

  @Test
  void integersNeverWidenHalf_noFinding() {
    Linted.members("""
        static Array run() {
          Array x = MX.ones(3).astype(MX.float16);
          Array z = x.multiply(MX.array(2)).add(MX.arange(3));
          Array y = z.add(MX.full(new int[] {3}, 1)); // infer: y float16
          return y;
        }
        """).assertAsMarked();
  }

  @Test
  void aDtypeThatIsAskedForIsTheResults() {
    Linted.members("""
        static Array run() {
          Array x = MX.ones(3).astype(MX.float16);
          Array sums = MX.cumsum(x, MX.float32); // infer: sums float32
          Array counts = MX.cumsum(x, MX.bool); // infer: counts int32
          Array trace = MX.trace(x.reshape(3, 1), 0, 0, 1, MX.bfloat16); // infer: trace bfloat16
          Array zeros = MX.zerosLike(x, MX.int8); // infer: zeros int8
          Array mask = MX.full(new int[] {3}, true); // infer: mask bool
          Array window = MX.hanning(3); // infer: window float32
          Array places = MX.searchsorted(x, x, "right"); // infer: places uint32
          Array steps = MX.diff(x); // infer: steps float16
          Array part = MX.slice(x, MX.array(1), new int[] {0}, new int[] {2}); // infer: part float16
          return sums;
        }
        """).assertAsMarked();
  }

  @Test
  void aCastOnPurpose_noFinding() {
    Linted.members("""
        static Array run() {
          Array x = MX.ones(3).astype(MX.float16);
          Array state = x.astype(MX.float32); // infer: state float32
          for (int i = 0; i < 8; i++) {
            state = state.multiply(MX.array(0.5)).add(x);
          }
          return state.astype(MX.float16);
        }
        """).assertAsMarked();
  }

  @Test
  void indexedAssignmentCastsToItsDestination_noFinding() {
    Linted.members("""
        static Array run() {
          Array x = MX.ones(3).astype(MX.float16);
          x.set(MX.zeros(1), 0);
          Array y = MX.putAlongAxis(x, MX.array(new int[] {1}), MX.ones(1), 0); // infer: y float16
          return y;
        }
        """).assertAsMarked();
  }

  @Test
  void weightsThatALoadReplacesHaveNoDtypeYet_noFinding() {
    Linted.members("""
        private Array weight = MX.zeros(3);

        void load(String file) {
          weight = MX.load(file).get("weight");
        }

        Array apply(Array x) {
          return x.add(weight);
        }

        static Array run(Test t) {
          t.load("weights.safetensors");
          return t.apply(MX.ones(3).astype(MX.float16));
        }
        """).assertAsMarked();
  }

  @Test
  void aDtypeThatDependsOnTheWay_noFinding() {
    Linted.members("""
        static Array run(boolean wide) {
          Array x = MX.ones(3);
          if (!wide) {
            x = x.astype(MX.float16);
          }
          Array y = x; // infer: x unknown
          return y.multiply(MX.array(0.5));
        }
        """).findings().forEach(f -> assertThat(f.certainty()).isEqualTo(Finding.Certainty.PLAUSIBLE));
  }

  @Test
  void recursionComesToAnEnd() {
    Linted.members("""
        static Array twice(Array x, int n) {
          return n == 0 ? x : twice(x.multiply(2.0), n - 1);
        }

        static Array run() {
          Array y = twice(MX.ones(3).astype(MX.bfloat16), 4); // infer: y bfloat16
          return y.add(MX.array(1.0)); // expect: scalar-array-upcast
        }
        """).assertAsMarked();
  }

  @Test
  void resultsOfOperationsFollowTheRuntime() {
    Linted.members("""
        static void run() {
          Array h = MX.ones(2, 2).astype(MX.float16);
          Array a = h.multiply(2.0); // infer: a float16
          Array b = MX.arange(4).divide(2); // infer: b float32
          Array c = h.matmul(h).sum(); // infer: c float16
          Array d = h.greater(0.5); // infer: d bool
          Array e = h.astype(MX.bfloat16).add(h); // infer: e float32
          Array f = MX.argmax(h); // infer: f uint32
          Array g = MX.where(d, h, 0.0); // infer: g float16
          Array i = MX.concatenate(h, MX.ones(2, 2).astype(h.dtype())); // infer: i float16
          Array j = MX.array(1L); // infer: j int64
        }
        """).assertAsMarked();
  }


  private static final String NET = """
      import io.mlxlint.mx.*;
      import io.mlxlint.mx.nn.*;
      import io.mlxlint.mx.nn.Module;

      class Net extends Module {
        private final Embedding table = new Embedding(100, 16);
        private final RMSNorm norm = new RMSNorm(16);
        private final Linear out = new Linear(16, 100, false);

        @Override
        protected Array forward(Array tokens) {
          Array x = NN.silu(norm.apply(table.apply(tokens)));
          Array y = out.apply(x);
          return y.multiply(MX.array(0.5));%s
        }
      }

      class Test {
        static Array run(Array tokens, Array targets) {
          Net net = new Net();%s
          Array y = net.apply(tokens);
          return Losses.crossEntropy(y, targets, Losses.Reduction.MEAN);
        }
      }
      """;

  @Test
  void halfPrecisionIsFollowedThroughAModuleThatWasCast() {
    Linted.of(NET.formatted(" // expect: scalar-array-upcast", "\n    net.setDtype(MX.float16);"))
        .assertAsMarked();
  }

  @Test
  void aModuleOfFloat32IsLeftAlone() {
    Linted.of(NET.formatted("", "")).assertAsMarked();
  }

  @Test
  void aModuleThatLoadsItsWeightsAfterTheCastHasNoKnownDtype() {
    Linted.of(NET.formatted("", "\n    net.setDtype(MX.float16);"
        + "\n    net.loadWeights(java.nio.file.Path.of(\"w.safetensors\"));")).assertAsMarked();
  }

  @Test
  void layersOfTheRuntimeKeepHalfPrecisionAndPromote() {
    Linted.of("""
        import io.mlxlint.mx.*;
        import io.mlxlint.mx.nn.*;
        import io.mlxlint.mx.nn.Module;

        class Test {
          static Array half(Array tokens) {
            Linear linear = new Linear(8, 8);
            linear.setDtype(MX.bfloat16);
            Array x = MX.ones(new int[] {4, 8}, MX.bfloat16);
            Array h = linear.apply(x); // infer: h bfloat16
            Array g = NN.gelu(h); // infer: g bfloat16
            Array d = new Dropout(0.1).apply(g); // infer: d bfloat16
            Array loss = Losses.mseLoss(d, x); // infer: loss bfloat16
            return loss.add(MX.array(1.0)); // expect: scalar-array-upcast
          }

          static Array wide(Module any) {
            Linear linear = new Linear(8, 8);
            linear.setDtype(MX.float32);
            Array x = MX.ones(new int[] {4, 8}, MX.bfloat16);
            Array h = linear.apply(x); // infer: h float32
            Array u = any.apply(x); // infer: u unknown
            return h.add(u).add(MX.array(1.0));
          }
        }
        """).assertAsMarked();
  }

  @Test
  void anAbsentWeightDecidesNothing() {
    Linted.members("""
        static Array scaled(Array x) {
          Array h = x.astype(MX.float16);
          Array normed = Fast.rmsNorm(h, null, 1e-5);
          return normed.multiply(MX.array(0.5)); // expect: scalar-array-upcast "makes `multiply`"
        }
        """).assertAsMarked();
  }

  @Test
  void creatorsTakeTheDtypeWhereTheyHaveAPlaceForIt() {
    String method = """
        static Array sum(Array x, int n) {
          return x.astype(MX.float16).add(%s); // expect: default-dtype-creator
        }
        """;
    Map.of("MX.eye(n + 1)", "MX.identity(n + 1, MX.float16)",
        "MX.eye(n, n, 1)", "MX.eye(n, n, 1, MX.float16)",
        "MX.tri(n)", "MX.tri(n, n, 0, MX.float16)",
        "Random.normal(n)", "Random.normal(new int[] {n}, MX.float16, null)",
        "Random.uniform(n, 2)", "Random.uniform(0, 1, new int[] {n, 2}, MX.float16, null)",
        "Random.laplace(x.shape().toArray())",
        "Random.laplace(x.shape().toArray(), MX.float16, 0, 1, null)",
        "MX.tri(n++)", "MX.tri(n++)",
        "Random.gumbel(n)", "Random.gumbel(n)").forEach((before, after) -> {
          Linted linted = Linted.members(method.formatted(before));
          linted.assertAsMarked();
          assertThat(linted.fixed()).contains("add(" + after + ");");
        });
  }

  @Test
  void aFixWritesWhatTheFileCanRead() {
    Linted linted = Linted.of("""
        import static io.mlxlint.mx.MX.*;
        import io.mlxlint.mx.Array;

        class Doubled {
          static Array doubled(Array x, double cast) {
            Array h = x.astype(float16);
            Array two = array(2.0);
            eval(h, two);
            return h.multiply(two); // expect: scalar-array-upcast
          }
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("Array two = array(2.0, io.mlxlint.mx.MX.float16);");
  }

  @Test
  void aDtypeIsNotWrittenIntoCodeThatRunsWithTwo() {
    Linted linted = Linted.members("""
        final Array a;
        final Array b;

        Test(int width, DType dtype) {
          a = Random.normal(new int[] {width, width}, dtype, null);
          b = MX.full(new int[] {width}, 0.1);
        }

        Array apply(Array x) {
          return x.matmul(a).multiply(b); // expect: default-dtype-creator
        }

        public static void main(String[] args) {
          Test half = new Test(8, MX.bfloat16);
          Test full = new Test(8, MX.float32);
          System.out.println(half.apply(MX.ones(MX.bfloat16, 1, 8)).sum().item());
          System.out.println(full.apply(MX.ones(1, 8)).sum().item());
        }
        """.replace("Random.", "io.mlxlint.mx.Random."));
    linted.assertAsMarked();
    assertThat(linted.findings().getFirst().fix()).isEmpty();
  }

  /** With one of them in half precision nothing would change; and 0.999 is 1 in bfloat16. */
  @Test
  void aNumberMadeOfSeveralIsCastWhereItMeetsHalf() {
    Linted linted = Linted.members("""
        static Array update(Array w, Array m, Array steps) {
          Array rate = MX.array(0.01);
          Array correction = MX.subtract(MX.array(1.0), MX.power(MX.array(0.999), MX.array(3.0)));
          Array size = rate.divide(correction);
          Array change = m.multiply(size); // expect: scalar-array-upcast
          return w.subtract(rate.divide(correction).multiply(m)) // expect: scalar-array-upcast
              .subtract(change);
        }

        static Array run() {
          Array w = MX.ones(8).astype(MX.bfloat16);
          return update(w, w.square(), MX.array(1.0));
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("m.multiply(size.astype(MX.bfloat16))",
        "rate.divide(correction).astype(MX.bfloat16).multiply(m)", "Array rate = MX.array(0.01);");
    assertThat(linted.findings().getFirst().notes()).extracting(n -> n.span().line())
        .contains(7, 8);
  }

  @Test
  void anArrayMadeOfSeveralIsWideByEachOfThem() {
    Linted linted = Linted.members("""
        static Array run() {
          Array x = MX.ones(3).astype(MX.float16);
          Array bias = MX.zeros(3).add(MX.ones(3));
          Array mask = MX.array(0.5).multiply(MX.ones(3));
          Array deliberate = MX.zeros(3).add(MX.ones(MX.float32, 3));
          Array counted = MX.arange(3).multiply(MX.zeros(3));
          Array a = x.add(bias); // expect: default-dtype-creator
          Array b = x.multiply(mask); // expect: default-dtype-creator "`ones` made"
          Array c = x.multiply(counted); // expect: default-dtype-creator "`zeros` made"
          return MX.concatenate(a, b, c, x.add(deliberate));
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("x.add(bias.astype(MX.float16))",
        "x.multiply(mask.astype(MX.float16))", "MX.arange(3).multiply(MX.zeros(MX.float16, 3))");
  }

  @Test
  void aCreatorThatIsOnlyReferencedCannotBeGivenADtype() {
    Linted linted = Linted.members("""
        static Array run() {
          java.util.function.IntFunction<Array> make = MX::ones;
          Array x = MX.zeros(4).astype(MX.float16);
          return x.add(make.apply(4)); // expect: default-dtype-creator
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("make = MX::ones;",
        "x.add(make.apply(4).astype(MX.float16))");
  }

  @Test
  void whatFloat32ElsewhereNeedsIsCastWhereItMeetsHalfPrecision() {
    Linted linted = Linted.members("""
        static Array scale(int heads) {
          return MX.array(1.0 / Math.sqrt(heads));
        }

        static Array ramp() {
          return MX.linspace(0, 1, 4);
        }

        static Array half(Array q) {
          Array scaled = q.astype(MX.float16).multiply(scale(3)); // expect: scalar-array-upcast
          return scaled.add(ramp()); // expect: default-dtype-creator
        }

        static Array full(Array q) {
          return q.astype(MX.float32).multiply(scale(3)).add(ramp());
        }
        """);
    linted.assertAsMarked();
    assertThat(linted.fixed()).contains("return MX.array(1.0 / Math.sqrt(heads));", "MX.linspace(0, 1, 4);",
        ".multiply(scale(3).astype(MX.float16))", ".add(ramp().astype(MX.float16))");
  }

  @Test
  void halfPrecisionIsFollowedThroughFutures() {
    Linted.members("""
        static Array run(Array unknown) throws Exception {
          var mask = java.util.concurrent.CompletableFuture.supplyAsync(() -> MX.zeros(4));
          var half = java.util.concurrent.CompletableFuture.completedFuture(unknown.astype(MX.float16));
          Array a = half.thenApply(x -> x.multiply(MX.array(2.0))).join(); // expect: scalar-array-upcast
          Array b = half.get().add(mask.join()); // expect: default-dtype-creator
          Array c = half.exceptionally(e -> MX.ones(4)).join().add(MX.array(2.0));
          return a.add(b).add(c);
        }
        """).assertAsMarked();
  }
}
