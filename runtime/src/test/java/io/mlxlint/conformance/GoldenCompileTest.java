package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The experiments on compile that were run on MLX, by name: results and the number of traces. */
class GoldenCompileTest {
  private static final JsonNode EXPERIMENTS = Golden.file("compile").get("experiments");
  private static final Map<String, Consumer<Experiment>> TRANSLATED = new LinkedHashMap<>();

  private static final Map<Integer, String> EXCLUDED = Golden.exclusions("compile");

  private static final Array A3 = MX.array(new float[] {1, 2, 3});
  private static final Array A4 = MX.array(new float[] {1, 2, 3, 4});
  private static final Array A23 = MX.array(new float[][] {{1, 2, 3}, {4, 5, 6}});

  private static void calls(String name, Functions.Of1 f, Array... arguments) {
    TRANSLATED.put(name, run -> {
      Compiled c = run.compile(f);
      List<Supplier<Array>> calls = new ArrayList<>();
      for (Array a : arguments) {
        calls.add(() -> c.apply(a));
      }
      run.calls(calls);
    });
  }

  @SafeVarargs
  private static <C> void constants(String name, Functions.WithConstants<C> f, Array x, C... constants) {
    TRANSLATED.put(name, run -> {
      Compiled.With<C> compiled = run.compileWith(f);
      List<Supplier<Array>> calls = new ArrayList<>();
      for (C c : constants) {
        calls.add(() -> compiled.apply(c, x)[0]);
      }
      run.calls(calls);
    });
  }

  private static void numbers(String name, String field, Function<Experiment, Array> f) {
    TRANSLATED.put(name, run -> run.numbers(field, f.apply(run)));
  }

  private static void refused(String name, Functions.Of1 f) {
    TRANSLATED.put(name, run -> run.refuses(() -> run.compile(f).apply(A3)));
  }

  private static Array[] one(Array a) {
    return new Array[] {a};
  }

  private static Array twice(Array x) {
    return x.multiply(2);
  }

  static {
    calls("same shape, dtype, other values", x -> twice(x), A3, A3.add(1), MX.zeros(3));
    calls("shape change, same rank", x -> twice(x), A3, A4, A3);
    calls("rank change", x -> twice(x), A3, A23);
    calls("dtype change", x -> twice(x), A3, A3.astype(MX.float16), A3.astype(MX.int32), A3);
    calls("strides change (transposed view, same shape)", x -> twice(x), MX.ones(2, 2), MX.ones(2, 2).T());
    TRANSLATED.put("evaluated vs lazy argument", run -> {
      Compiled c = run.compile(x -> twice(x));
      run.calls(List.of(() -> c.apply(A3), () -> c.apply(A3.multiply(1))));
    });
    calls("0-dim vs shape (1,)", x -> twice(x), MX.array(1.0), MX.array(new float[] {1}));
    constants("python int constant argument", (Integer k, Array[] x) -> one(x[0].multiply(k)), A3, 2, 3, 2);
    constants("python float constant argument", (Double k, Array[] x) -> one(x[0].multiply(k)), A3, 2.0, 2.5,
        2.0);
    constants("int 2 then float 2.0", (Number k, Array[] x) -> one(k instanceof Integer i
        ? x[0].multiply(i) : x[0].multiply(k.doubleValue())), A3, 2, 2.0);
    constants("0.0 then -0.0", (Double k, Array[] x) -> one(x[0].multiply(k)), A3, 0.0, -0.0);
    constants("nan twice", (Double k, Array[] x) -> one(x[0].multiply(k)), A3, Double.NaN, Double.NaN);
    constants("python str argument", (String k, Array[] x) -> one(x[0].multiply(k.equals("a") ? 2 : 3)), A3,
        "a", "b", "a");
    constants("large python int argument 2**40", (Long k, Array[] x) -> one(x[0].multiply(k)),
        MX.array(new long[] {1}), 1L << 40, (1L << 40) + 1);
    TRANSLATED.put("number of positional args", run -> {
      Compiled c = run.compileArrays(a -> one(a.length == 1 ? a[0] : a[0].add(a[1])));
      run.calls(List.of(() -> c.apply(A3), () -> c.apply(A3, A3), () -> c.apply(A3)));
    });
    TRANSLATED.put("same array passed twice vs two arrays", run -> {
      Compiled c = run.compileArrays(a -> one(a[0].add(a[1])));
      run.calls(List.of(() -> c.apply(A3, A3), () -> c.apply(A3, A3.add(1))));
    });
    calls("output returns input unchanged", x -> x, A3);
    TRANSLATED.put("output returned twice", run -> {
      Array[] out = run.compileArrays(a -> {
        Array y = twice(a[0]);
        return new Array[] {y, y};
      }).applyAll(A3);
      Agreement.check("first", out[0], run.facts().get("results").get(0).get(0), 1);
      Agreement.check("second", out[1], run.facts().get("results").get(0).get(1), 1);
    });
    TRANSLATED.put("no arguments", run -> {
      Compiled c = run.compileNone(() -> MX.ones(2));
      run.calls(List.of(c::apply, c::apply));
    });
    TRANSLATED.put("captured python float changed later", run -> {
      double[] factor = {2};
      Compiled c = run.compile(x -> x.multiply(factor[0]));
      run.numbers("first", c.apply(A3));
      factor[0] = 5;
      run.numbers("after_change", c.apply(A3));
    });
    TRANSLATED.put("captured evaluated array", run -> {
      Array w = MX.array(new float[] {10, 10, 10});
      Compiled c = run.compile(x -> x.add(w));
      run.numbers("first", c.apply(A3));
      run.numbers("second", c.apply(A3));
    });
    TRANSLATED.put("captured array in a dict, rebound later, no inputs=", run -> {
      Map<String, Array> state = new HashMap<>(Map.of("w", MX.array(new float[] {10, 10, 10})));
      Compiled c = run.compile(x -> x.add(state.get("w")));
      run.numbers("first", c.apply(A3));
      state.put("w", MX.array(new float[] {20, 20, 20}));
      run.numbers("after_rebinding", c.apply(A3));
    });
    TRANSLATED.put("captured array mutated in place later, no inputs=", run -> {
      Array w = MX.array(new float[] {10, 10, 10});
      Compiled c = run.compile(x -> x.add(w));
      run.numbers("first", c.apply(A3));
      w.set(99.0, 0);
      run.numbers("after w[0]=99", c.apply(A3));
      MX.eval(w);
      run.numbers("after eval(w)", c.apply(A3));
    });
    TRANSLATED.put("captured lazy array", run -> {
      Array w = MX.ones(3).multiply(10);
      Compiled c = run.compile(x -> x.add(w));
      Array first = c.apply(A3);
      long before = Engines.current().counters().kernels();
      run.numbers("first", first);
      run.numbers("second", c.apply(A3));
      long both = Engines.current().counters().kernels() - before;
      MX.eval(w);
      before = Engines.current().counters().kernels();
      c.apply(A3).toFloatArray();
      assertThat(Engines.current().counters().kernels() - before)
          .as("the captured graph is computed again, even if the array has values by now")
          .isEqualTo(both / 2);
      assertThat(both).isGreaterThanOrEqualTo(4);
    });
    numbers("captured lazy, zero-argument function, no inputs", "r", run -> {
      Array w = A3.multiply(10);
      return run.compileNone(() -> w.multiply(2)).apply();
    });
    TRANSLATED.put("inputs=dict, rebound later", run -> {
      Map<String, Array> state = new LinkedHashMap<>(Map.of("w", MX.array(new float[] {10, 10, 10})));
      Compiled c = run.compile(x -> x.add(state.get("w"))).inputs(state);
      run.numbers("first", c.apply(A3));
      state.put("w", MX.array(new float[] {20, 20, 20}));
      run.numbers("after_rebinding", c.apply(A3));
      state.put("w", MX.array(new float[] {1}));
      run.numbers("after_shape_change", c.apply(A3));
      state.put("extra", MX.array(1.0));
      run.numbers("after_adding_key", c.apply(A3));
    });
    TRANSLATED.put("inputs=list, rebound later", run -> {
      List<Array> state = new ArrayList<>(List.of(MX.array(new float[] {10, 10, 10})));
      Compiled c = run.compile(x -> x.add(state.get(0))).inputs(state);
      run.numbers("first", c.apply(A3));
      state.set(0, MX.array(new float[] {20, 20, 20}));
      run.numbers("after_rebinding", c.apply(A3));
    });
    TRANSLATED.put("tracer leaked to an outer list and read later", run -> {
      List<Array> box = new ArrayList<>();
      run.compile(x -> {
        box.add(twice(x));
        return x;
      }).apply(A3);
      assertThatThrownBy(() -> box.get(0).toFloatArray()).isInstanceOf(IllegalStateException.class);
    });
    TRANSLATED.put("random inside, no state declared", run -> {
      Random.seed(0);
      Compiled c = run.compileNone(() -> Random.uniform(2));
      assertThat(c.apply().toFloatArray()).isEqualTo(c.apply().toFloatArray());
    });
    TRANSLATED.put("random inside, inputs=outputs=mx.random.state", run -> {
      Random.seed(0);
      Compiled c = run.compileNone(() -> Random.uniform(2)).inputs(Random.state()).outputs(Random.state());
      float[] first = c.apply().toFloatArray();
      assertThat(c.apply().toFloatArray()).isNotEqualTo(first);
      Random.seed(0);
      Array again = c.apply();
      assertThat(again.toFloatArray()).isEqualTo(first);
      run.numbers("compiled", again);
    });
    TRANSLATED.put("random with explicit key argument", run -> {
      Compiled c = run.compile(k -> Random.uniform(0, 1, new int[] {2}, MX.float32, k));
      assertThat(c.apply(Random.key(0)).toFloatArray()).isNotEqualTo(c.apply(Random.key(1)).toFloatArray());
    });
    TRANSLATED.put("in-place update of an argument inside", run -> {
      Array a = MX.array(new float[] {1, 2});
      run.numbers("returned", run.compile(x -> {
        x.set(9.0, 0);
        return x.multiply(1);
      }).apply(a));
      run.numbers("argument_afterwards", a);
    });
    numbers("print of shape/dtype inside", "r", run -> run.compile(x -> {
      assertThat(x.shape() + " " + x.dtype()).isEqualTo("[3] float32");
      return x;
    }).apply(A3));
    refused("print of an array inside", x -> {
      x.toString();
      return x;
    });
    refused("item() of a tracer inside", x -> x.multiply(x.sum().item()));
    refused("if on a tracer inside", x -> x.sum().greater(0).itemBoolean() ? x : x.negative());
    refused("mx.eval inside", x -> {
      MX.eval(x);
      return x;
    });
    refused("tolist of tracer inside", x -> {
      x.toFloatArray();
      return x;
    });
    numbers("item() of a captured evaluated array inside", "r",
        run -> run.compile(x -> x.multiply(A3.sum().item())).apply(A3));
    numbers("mx.eval of captured lazy array inside", "r", run -> {
      Array w = A3.multiply(2);
      return run.compile(x -> {
        MX.eval(w);
        return x.add(w);
      }).apply(A3);
    });
    numbers("len / iteration / unpack of tracer inside", "r", run -> run.compile(x -> {
      Array sum = MX.array(0.0f);
      for (Array element : x) {
        sum = sum.add(element);
      }
      return sum.multiply(x.shape(0));
    }).apply(A3));
    TRANSLATED.put("exception inside on first call", run -> {
      boolean[] fail = {true};
      Compiled c = run.compile(x -> {
        if (fail[0]) {
          throw new IllegalArgumentException("mine");
        }
        return twice(x);
      });
      assertThatThrownBy(() -> c.apply(A3)).isInstanceOf(IllegalArgumentException.class).hasMessage("mine");
      fail[0] = false;
      run.numbers("second", c.apply(A3));
      run.numbers("third", c.apply(A3));
    });
    TRANSLATED.put("nested compile", run -> {
      int[] inner = new int[1];
      Compiled in = MX.compile((Functions.Of1) x -> {
        inner[0]++;
        return twice(x);
      });
      Compiled out = run.compile(x -> in.apply(x).add(1));
      run.numbers(run.facts().get("r").get(0), out.apply(A3));
      run.numbers(run.facts().get("r").get(1), out.apply(A3));
      run.numbers("direct", in.apply(A3));
      assertThat(inner[0]).isEqualTo(run.facts().get("inner_traces_after_two_outer_calls_and_one_direct")
          .asInt());
    });
    TRANSLATED.put("compile(grad(f))", run -> {
      Compiled c = run.compile(x -> MX.grad(y -> y.multiply(y).multiply(y).sum()).apply(x));
      run.numbers(run.facts().get("r").get(0), c.apply(A3));
      run.numbers(run.facts().get("r").get(1), c.apply(A3.add(1)));
    });
    TRANSLATED.put("grad(compile(f))", run -> {
      Compiled c = run.compile(x -> x.multiply(x).multiply(x).sum());
      Functions.Of1 g = MX.grad((Functions.Of1) x -> c.apply(x));
      run.numbers(run.facts().get("r").get(0), g.apply(A3));
      run.numbers(run.facts().get("r").get(1), g.apply(A3.add(1)));
    });
    TRANSLATED.put("grad(compile(f)) then direct call", run -> {
      Compiled c = run.compile(x -> x.multiply(x).sum());
      Functions.Of1 g = MX.grad((Functions.Of1) x -> c.apply(x));
      run.numbers("g", g.apply(A3));
      run.numbers("v", c.apply(A3));
      run.numbers("g2", g.apply(A3));
    });
    TRANSLATED.put("value_and_grad(compile(f)) other shape", run -> {
      Compiled c = run.compile(x -> x.multiply(x).sum());
      var both = MX.valueAndGrad((Functions.Of1) x -> c.apply(x));
      for (int i = 0; i < 2; i++) {
        var r = both.apply(i == 0 ? A3 : A4);
        Agreement.check("value", r.value(), run.facts().get("r").get(i).get(0), 2);
        Agreement.check("gradient", r.grad(), run.facts().get("r").get(i).get(1), 2);
      }
    });
    numbers("vmap(compile(f))", "r", run -> {
      Compiled c = run.compile(x -> twice(x));
      return MX.vmap((Functions.Of1) x -> c.apply(x)).apply(A23);
    });
    numbers("compile(vmap(f))", "r",
        run -> run.compile(x -> MX.vmap((Functions.Of1) y -> twice(y)).apply(x)).apply(A23));
    numbers("grad of captured weight through compile (not an argument)", "r", run -> MX.grad(w ->
        run.compile(x -> x.multiply(w).sum()).apply(A3)).apply(MX.ones(3)));
    TRANSLATED.put("second-order grad of compiled", run -> {
      Compiled c = run.compile(x -> x.multiply(x).multiply(x));
      Array r = MX.grad(y -> MX.grad((Functions.Of1) x -> c.apply(x)).apply(y)).apply(MX.array(2.0));
      assertThat(r.item()).isEqualTo(run.facts().get("r").asDouble());
    });
    TRANSLATED.put("jvp of compiled", run -> {
      Compiled c = run.compile(x -> x.multiply(x));
      Array[][] r = MX.jvp(c::applyAll, new Array[] {A3}, new Array[] {A3});
      Agreement.check("value", r[0][0], run.facts().get("r").get(0).get(0), 2);
      Agreement.check("tangent", r[1][0], run.facts().get("r").get(1).get(0), 2);
    });
    numbers("compile(checkpoint(f))", "r",
        run -> run.compile(x -> MX.checkpoint((Functions.Of1) y -> twice(y)).apply(x)).apply(A3));
    TRANSLATED.put("compile of a fresh lambda in a loop", run -> {
      for (int i = 0; i < 3; i++) {
        run.compile(x -> twice(x)).apply(A3);
      }
    });
    TRANSLATED.put("wrapper deleted and recreated for the same function", run -> {
      Functions.Of1 f = x -> twice(x);
      run.compile(f).apply(A3);
      run.compile(f).apply(A3);
    });
    TRANSLATED.put("bound method, attribute changed later", run -> {
      int[] scale = {2};
      Compiled c = run.compile(x -> x.multiply(scale[0]));
      run.numbers("first", c.apply(A3));
      scale[0] = 3;
      run.numbers("after_attr_change", c.apply(A3));
    });
    TRANSLATED.put("other default stream on the second call", run -> {
      Compiled c = run.compile(x -> twice(x));
      c.apply(A3).toFloatArray();
      try (var use = MX.stream(MX.newStream(MX.cpu))) {
        c.apply(A3).toFloatArray();
      }
    });
    TRANSLATED.put("called from another thread", run -> {
      Compiled c = run.compile(x -> twice(x));
      c.apply(A3);
      float[][] other = new float[1][];
      Thread thread = new Thread(() -> other[0] = c.apply(A3).toFloatArray());
      thread.start();
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      assertThat(other[0]).containsExactly(2, 4, 6);
    });
    TRANSLATED.put("calling a compiled function evaluates nothing", run -> {
      Array lazy = A3.multiply(1);
      Compiled c = run.compile(x -> twice(x));
      long before = Engines.current().counters().kernels();
      Array r = c.apply(lazy);
      assertThat(Engines.current().counters().kernels()).isEqualTo(before);
      r.toFloatArray();
    });
    TRANSLATED.put("zero-argument results are recomputed per call", run -> {
      Compiled c = run.compileNone(() -> MX.ones(3).multiply(2));
      c.apply().toFloatArray();
      long before = Engines.current().counters().kernels();
      c.apply().toFloatArray();
      assertThat(Engines.current().counters().kernels()).isGreaterThan(before);
    });
    TRANSLATED.put("cache keeps every constant variant (50)", run -> {
      Compiled.With<Integer> c = run.compileWith((k, x) -> one(x[0].multiply(k)));
      for (int round = 0; round < 2; round++) {
        for (int k = 0; k < 50; k++) {
          c.apply(k, A3);
        }
        assertThat(run.traces()).isEqualTo(50);
      }
    });
    TRANSLATED.put("common subexpression merged", run -> {
      Compiled c = run.compile(x -> MX.exp(x).add(MX.exp(x)));
      long before = Engines.current().counters().kernels();
      c.apply(A3).toFloatArray();
      assertThat(Engines.current().counters().kernels() - before).isEqualTo(2);
    });
  }

  @TestFactory
  Stream<DynamicTest> experiments() {
    return TRANSLATED.entrySet().stream().filter(e -> !isExcluded(e.getKey()))
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
          Experiment run = new Experiment(facts(e.getKey()));
          e.getValue().accept(run);
          if (run.facts().path("traces").asInt() > 0) {
            assertThat(run.traces()).as("traces").isEqualTo(run.facts().get("traces").asInt());
          }
        }));
  }

  private static boolean isExcluded(String name) {
    return EXCLUDED.keySet().stream()
        .anyMatch(i -> EXPERIMENTS.get(i).get("experiment").asText().equals(name));
  }

  private static JsonNode facts(String name) {
    for (JsonNode e : EXPERIMENTS) {
      if (e.get("experiment").asText().equals(name)) {
        return e;
      }
    }
    throw new AssertionError("no experiment named " + name);
  }

  @Test
  void everyExperimentIsTranslatedOrExcluded() {
    TreeSet<String> open = new TreeSet<>();
    for (int i = 0; i < EXPERIMENTS.size(); i++) {
      String name = EXPERIMENTS.get(i).get("experiment").asText();
      if (!TRANSLATED.containsKey(name) && !EXCLUDED.containsKey(i)) {
        open.add(name);
      }
    }
    assertThat(open).isEmpty();
    Golden.report("compile", EXPERIMENTS.size());
  }
}
