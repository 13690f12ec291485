package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.op.DType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The gradients measured on MLX, by expression; a case without a translation must be excluded with a reason.
 */
class GoldenGradTest {
  private static final JsonNode CASES = Golden.file("grad").get("cases");

  /**
   * Sums in another order and other polynomials for erf and exp differ by this much, in units of the dtype.
   */
  private static final double ULPS = 16;

  /** The function of an expression; a is the arguments in the case's order, c its constants. */
  private interface Expression {
    Array apply(Array[] a, Map<String, Array> c);
  }

  private static final Map<String, Expression> EXPRESSIONS = new HashMap<>();

  private static final Map<Integer, String> EXCLUDED = Golden.exclusions("grad");

  static {
    all("sum(x*x)", a -> sum(a[0].multiply(a[0])));
    all("sum(x*y)", a -> sum(a[0].multiply(a[1])));
    all("sum(x/y)", a -> sum(a[0].divide(a[1])));
    all("sum(x-y*2)", a -> sum(a[0].subtract(a[1].multiply(2))));
    all("sum(mx.power(p,y))", a -> sum(MX.power(a[0], a[1])));
    all("sum(p**3)", a -> sum(a[0].power(3)));
    all("sum(mx.exp(x))", a -> sum(MX.exp(a[0])));
    all("sum(mx.log(p))", a -> sum(MX.log(a[0])));
    all("sum(mx.sqrt(p))", a -> sum(MX.sqrt(a[0])));
    all("sum(mx.rsqrt(p))", a -> sum(MX.rsqrt(a[0])));
    all("sum(mx.tanh(x))", a -> sum(MX.tanh(a[0])));
    all("sum(mx.sigmoid(x))", a -> sum(MX.sigmoid(a[0])));
    all("sum(mx.sin(x)*mx.cos(x))", a -> sum(MX.sin(a[0]).multiply(MX.cos(a[0]))));
    all("sum(mx.erf(x))", a -> sum(MX.erf(a[0])));
    all("sum(mx.abs(x))", a -> sum(MX.abs(a[0])));
    all("sum(mx.maximum(x,0.0))", a -> sum(MX.maximum(a[0], 0.0)));
    all("sum(mx.maximum(x,y))", a -> sum(MX.maximum(a[0], a[1])));
    all("sum(mx.minimum(x,y))", a -> sum(MX.minimum(a[0], a[1])));
    all("sum(mx.clip(x,-1.0,1.0)*3)", a -> sum(MX.clip(a[0], -1.0, 1.0).multiply(3)));
    all("sum(mx.where(x>0,x*2,x*5))",
        a -> sum(MX.where(a[0].greater(0), a[0].multiply(2), a[0].multiply(5))));
    all("sum((x@w)**2)", a -> sum(a[0].matmul(a[1]).power(2)));
    all("mean(x*x)", a -> a[0].multiply(a[0]).mean());
    all("mean(x*y)", a -> a[0].multiply(a[1]).mean());
    all("mx.var(x)", a -> a[0].var());
    all("mx.std(x)", a -> a[0].std());
    all("mx.max(x)", a -> a[0].max());
    all("sum(mx.max(x,axis=1)*mx.array([1.0,10.0]))",
        a -> sum(a[0].max(1).multiply(MX.array(new float[] {1, 10}))));
    all("mx.min(x)", a -> a[0].min());
    all("mx.prod(x)", a -> a[0].prod());
    all("mx.logsumexp(x)", a -> a[0].logsumexp());
    all("sum(mx.softmax(x,axis=-1)*y)", a -> sum(MX.softmax(a[0], -1).multiply(a[1])));
    all("sum(mx.cumsum(x)*y)", a -> sum(a[0].cumsum().multiply(a[1])));
    all("sum(mx.cumprod(x)*y)", a -> sum(a[0].cumprod().multiply(a[1])));
    all("sum(mx.sort(x)*y)", a -> sum(MX.sort(a[0]).multiply(a[1])));
    with("sum(mx.take(x,i,axis=1)**2)", (a, c) -> sum(MX.take(a[0], c.get("i"), 1).power(2)));
    all("sum(x[0]*x[1])", a -> sum(a[0].at(0).multiply(a[0].at(1))));
    all("sum(x[:,::-1]*y)", a -> sum(a[0].at(Index.all(), Index.step(-1)).multiply(a[1])));
    all("sum(mx.concatenate([x,x*2],axis=0)**2)",
        a -> sum(MX.concatenate(new Array[] {a[0], a[0].multiply(2)}, 0).power(2)));
    all("sum(mx.einsum('ij,kj->ik',x,y))", a -> sum(MX.einsum("ij,kj->ik", a[0], a[1])));
    all("sum(mx.conv1d(x,w,padding=1)**2)", a -> sum(MX.conv1d(a[0], a[1], 1, 1, 1, 1).power(2)));
    all("sum(mx.transpose(x)@y)", a -> sum(MX.transpose(a[0]).matmul(a[1])));
    all("sum(mx.broadcast_to(x,(3,4))**2)", a -> sum(MX.broadcastTo(a[0], 3, 4).power(2)));
    all("sum(x.at[mx.array([0,0])].add(mx.array([1.0,2.0]))**2)",
        a -> sum(a[0].atAdd(MX.array(new float[] {1, 2}), MX.array(new int[] {0, 0})).power(2)));
    all("sum(mx.stop_gradient(x)*x)", a -> sum(MX.stopGradient(a[0]).multiply(a[0])));
    all("sum(mx.linalg.norm(x))", a -> sum(MX.sqrt(sum(a[0].square()))));
    all("mx.linalg.norm(x)", a -> MX.sqrt(sum(a[0].square())));
    all("sum(mx.sqrt(x))", a -> sum(MX.sqrt(a[0])));
    all("sum(mx.where(x>0,mx.sqrt(x),0.0))", a -> sum(MX.where(a[0].greater(0), MX.sqrt(a[0]), 0.0)));
    all("sum(mx.fast.rms_norm(x,y[0],1e-5)**2)", a -> sum(Fast.rmsNorm(a[0], a[1].at(0), 1e-5).power(2)));
    all("sum(mx.fast.layer_norm(x,y[0],y[1],1e-5)**3)",
        a -> sum(Fast.layerNorm(a[0], a[1].at(0), a[1].at(1), 1e-5).power(3)));
    all("sum(mx.fast.rope(x,4,traditional=False,base=10000.0,scale=1.0,offset=1)*3)",
        a -> sum(Fast.rope(a[0], 4, false, 10000.0, 1.0, 1).multiply(3)));
    all("sum(mx.fast.scaled_dot_product_attention(x,y,v,scale=0.5,mask='causal')**2)",
        a -> sum(Fast.scaledDotProductAttention(a[0], a[1], a[2], 0.5, "causal").power(2)));
    with("sum(nn.losses.cross_entropy(x,t))", (a, c) -> sum(MX.logsumexp(a[0], -1)
        .subtract(MX.takeAlongAxis(a[0], c.get("t").expandDims(-1), -1).squeeze(-1))));
    all("sum(nn.gelu(x))",
        a -> sum(a[0].multiply(MX.erf(a[0].divide(Math.sqrt(2))).add(1)).divide(2)));
    all("sum(nn.silu(x)*y)", a -> sum(a[0].multiply(MX.sigmoid(a[0])).multiply(a[1])));
    all("sum(mx.floor(x)+mx.round(x))", a -> sum(MX.floor(a[0]).add(MX.round(a[0]))));
    all("sum(x.astype(mx.float16)*2)", a -> sum(a[0].astype(MX.float16).multiply(2)));
    all("sum(mx.logaddexp(x,y))", a -> sum(MX.logaddexp(a[0], a[1])));
    all("sum(mx.arctan2(x,y))", a -> sum(MX.arctan2(a[0], a[1])));
    all("sum(mx.topk(x,2)*mx.array([1.0,2.0]))",
        a -> sum(MX.topk(a[0], 2).multiply(MX.array(new float[] {1, 2}))));
    all("sum(mx.tril(w)**2)", a -> sum(MX.tril(a[0]).power(2)));
    all("sum(mx.pad(x,1)**2)", a -> sum(MX.pad(a[0], 1).power(2)));
    all("sum(mx.repeat(x,2)*mx.arange(8))", a -> sum(MX.repeat(a[0], 2).multiply(MX.arange(8))));
    all("sum(mx.expand_dims(x,0)*w.T[:1,:1])",
        a -> sum(MX.expandDims(a[0], 0).multiply(a[1].T().at(Index.to(1), Index.to(1)))));
    all("sum(mx.take_along_axis(x,mx.array([[0,0],[2,1]]),axis=1)**2)",
        a -> sum(MX.takeAlongAxis(a[0], MX.array(new int[][] {{0, 0}, {2, 1}}), 1).power(2)));
    all("sum(mx.median(x))", a -> sum(MX.median(a[0])));
    all("sum(mx.var(x,axis=1,ddof=1))", a -> sum(MX.var(a[0], 1, false, 1)));
    all("sum(mx.remainder(x,y))", a -> sum(MX.remainder(a[0], a[1])));
    all("sum(mx.sign(x)*x)", a -> sum(MX.sign(a[0]).multiply(a[0])));
    all("sum(mx.reciprocal(p))", a -> sum(MX.reciprocal(a[0])));
    all("sum(mx.log1p(p)+mx.expm1(p))", a -> sum(MX.log1p(a[0]).add(MX.expm1(a[0]))));
    all("sum(mx.exp(x)*y)", a -> sum(MX.exp(a[0]).multiply(a[1])));
  }

  private static void all(String expression, Function<Array[], Array> f) {
    EXPRESSIONS.put(expression, (a, c) -> f.apply(a));
  }

  private static void with(String expression, Expression f) {
    EXPRESSIONS.put(expression, f);
  }

  private static Array sum(Array a) {
    return a.sum();
  }

  @TestFactory
  Stream<DynamicTest> valuesAndGradients() {
    return IntStream.range(0, CASES.size())
        .filter(i -> !CASES.get(i).get("kind").asText().equals("semantics"))
        .filter(i -> !EXCLUDED.containsKey(i))
        .mapToObj(i -> DynamicTest.dynamicTest(i + " " + CASES.get(i).get("expr").asText(),
            () -> check(CASES.get(i))));
  }

  private static void check(JsonNode c) {
    Expression f = EXPRESSIONS.get(c.get("expr").asText());
    assertThat(f).as("a translation or an exclusion").isNotNull();
    Map<String, Array> constants = new HashMap<>();
    if (c.has("constants")) {
      c.get("constants").properties().forEach(e -> {
        if (e.getValue().has("dtype")) {
          constants.put(e.getKey(), Values.array(e.getValue()));
        }
      });
    }
    Array[] in = Values.arrays(c.get("in"));
    int[] argnums = IntStream.range(0, in.length).toArray();
    var out = MX.valueAndGradArrays(a -> new Array[] {f.apply(a, constants)}, argnums).apply(in);
    Agreement.check("value", out.value(), c.get("value"), ULPS);
    JsonNode grads = c.get("grads");
    if (in.length > 1) {
      for (int i = 0; i < in.length; i++) {
        Agreement.check("gradient " + i, out.grads()[i], grads.get(i), ULPS);
      }
    } else {
      // the gradient of a single argument was written row by row
      double[] rows = IntStream.range(0, grads.size()).boxed()
          .flatMapToDouble(i -> Arrays.stream(Values.doubles(grads.get(i)))).toArray();
      assertThat(out.grad().dtype()).isEqualTo(Values.dtype(grads.get(0)));
      assertThat(out.grad().shape(0)).isEqualTo(grads.size());
      Agreement.checkData("gradient", out.grad(), rows, ULPS);
    }
  }

  private static final Array V = MX.array(new float[] {0.5625f, 0.125f, 0.0625f, 0.4375f});

  private static final Map<String, Runnable> SEMANTICS = new HashMap<>();

  private static JsonNode semantics(String name) {
    for (JsonNode c : CASES) {
      if (name.equals(c.path("name").asText())) {
        return c;
      }
    }
    throw new AssertionError("no case named " + name);
  }

  private static void result(String name, Supplier<Array> f) {
    SEMANTICS.put(name, () -> Agreement.check(name, f.get(), semantics(name).get("out"), 4));
  }

  private static void refused(String name, ThrowingCallable f) {
    SEMANTICS.put(name, () -> {
      assertThat(semantics(name).has("error")).isTrue();
      assertThatThrownBy(f).as(name).isInstanceOf(IllegalArgumentException.class);
    });
  }

  static {
    refused("grad of a non-scalar output", () -> MX.grad(x -> x.multiply(x)).apply(V));
    refused("grad of shape (1,) output", () -> MX.grad(x -> x.multiply(x).at(Index.to(1))).apply(V));
    result("grad with int input", () -> MX.grad(x -> sum(x.multiply(x))).apply(MX.array(new int[] {1, 2})));
    result("grad of int-valued function of float input",
        () -> MX.grad(x -> sum(x.astype(MX.int32))).apply(V));
    result("grad of bool output", () -> MX.grad(x -> sum(x.greater(0))).apply(V));
    result("grad of function not using its argument", () -> MX.grad(x -> MX.array(1.0)).apply(V));
    SEMANTICS.put("value_and_grad with auxiliary outputs (first is differentiated)", () -> {
      var r = MX.valueAndGradArrays(a -> new Array[] {sum(a[0].multiply(a[0])), a[0].multiply(2)}, 0)
          .apply(V);
      JsonNode out = semantics("value_and_grad with auxiliary outputs (first is differentiated)").get("out");
      Agreement.check("value", r.values()[0], out.get(0).get(0), 2);
      Agreement.check("auxiliary", r.values()[1], out.get(0).get(1), 2);
      Agreement.check("gradient", r.grad(), out.get(1), 2);
    });
    SEMANTICS.put("grad over a dict argument", () -> {
      Map<String, Array> p = new TreeMap<>(Map.of("a", V, "b", V.add(1)));
      var r = MX.valueAndGradTree(p, in -> new Array[] {sum(p.get("a").multiply(p.get("b")))}).apply();
      JsonNode out = semantics("grad over a dict argument").get("out");
      Agreement.check("a", r.gradsByName().get("a"), out.get("a"), 2);
      Agreement.check("b", r.gradsByName().get("b"), out.get("b"), 2);
    });
    SEMANTICS.put("grad over a nested list argument", () -> {
      var p = List.of(V, List.of(V.add(1)));
      var r = MX.valueAndGradTree(p, in -> new Array[] {
          sum(((Array) p.get(0)).multiply((Array) ((List<?>) p.get(1)).get(0)))}).apply();
      JsonNode out = semantics("grad over a nested list argument").get("out");
      Agreement.check("0", r.grads()[0], out.get(0), 2);
      Agreement.check("1.0", r.grads()[1], out.get(1).get(0), 2);
    });
    result("argnums=1",
        () -> MX.grad((Functions.Of2) (a, b) -> sum(a.multiply(b).multiply(b)), 1).apply(V, V.add(1)));
    refused("argnums negative",
        () -> MX.grad((Functions.Of2) (a, b) -> sum(a.multiply(b).multiply(b)), -1).apply(V, V.add(1)));
    refused("argnums out of range", () -> MX.valueAndGradArrays(a -> new Array[] {sum(a[0])}, 1).apply(V));
    refused("argnums repeated", () -> MX.valueAndGradArrays(a -> new Array[] {sum(a[0])}, 0, 0).apply(V));
    result("second order", () -> MX.grad(x -> sum(MX.grad(y -> sum(y.power(3))).apply(x))).apply(V));
    result("grad through in-place update x[0]=5 inside", () -> MX.grad(x -> {
      Array y = x.multiply(1);
      y.set(5.0, 0);
      return sum(y.multiply(y));
    }).apply(V));
    result("grad through x[0] = x[1]*2", () -> MX.grad(x -> {
      Array y = x.multiply(1);
      y.set(x.at(1).multiply(2), 0);
      return sum(y.multiply(y));
    }).apply(V));
    result("gradient of a captured (closed-over) array is not tracked",
        () -> MX.grad(x -> sum(x.multiply(V))).apply(V));
    SEMANTICS.put("gradient dtype of half inputs in float32 math", () -> assertThat(
        MX.grad(x -> sum(x.astype(MX.float32).power(2))).apply(V.astype(MX.float16)).dtype().mlxName())
        .isEqualTo(semantics("gradient dtype of half inputs in float32 math").get("out").asText()));
    SEMANTICS.put("in-place write to an argument inside grad changes the caller's array", () -> {
      String name = "in-place write to an argument inside grad changes the caller's array";
      Array a = MX.array(new float[] {1, 2});
      Array g = MX.grad(x -> {
        x.set(5.0, 0);
        return sum(x.multiply(x));
      }).apply(a);
      Agreement.check("gradient", g, semantics(name).get("out").get(0), 2);
      Agreement.check("argument", a, semantics(name).get("out").get(1), 2);
    });
    SEMANTICS.put("vjp", () -> {
      Array[][] r = MX.vjp(a -> new Array[] {a[0].multiply(a[1]), a[0].add(a[1])},
          new Array[] {V, V.add(1)}, new Array[] {MX.ones(4), MX.full(new int[] {4}, 2.0)});
      both("vjp", r);
    });
    refused("vjp wrong number of cotangents",
        () -> MX.vjp(a -> new Array[] {a[0].multiply(2)}, new Array[] {V}, new Array[] {}));
    refused("vjp wrong cotangent shape",
        () -> MX.vjp(a -> new Array[] {a[0].multiply(2)}, new Array[] {V}, new Array[] {MX.ones(2)}));
    SEMANTICS.put("jvp", () -> both("jvp",
        MX.jvp(a -> new Array[] {MX.sin(a[0])}, new Array[] {V}, new Array[] {MX.ones(4)})));
    refused("jvp wrong tangent shape",
        () -> MX.jvp(a -> new Array[] {MX.sin(a[0])}, new Array[] {V}, new Array[] {MX.ones(2)}));
    SEMANTICS.put("jvp mixed dtype tangent", () -> both("jvp mixed dtype tangent",
        MX.jvp(a -> new Array[] {a[0].multiply(2)}, new Array[] {V}, new Array[] {MX.ones(MX.int32, 4)})));
    result("checkpoint gradient equals plain", () -> MX.grad(
        x -> sum(MX.checkpoint((Functions.Of1) z -> MX.sin(z).multiply(z)).apply(x))).apply(V));
    result("nan gradient through where(x>0, sqrt(x), 0) at 0",
        () -> MX.grad(x -> sum(MX.where(x.greater(0), MX.sqrt(x), 0.0))).apply(MX.array(new float[] {0, 4})));
  }

  private static void both(String name, Array[][] got) {
    JsonNode out = semantics(name).get("out");
    for (int side = 0; side < 2; side++) {
      for (int i = 0; i < got[side].length; i++) {
        Agreement.check(name + " " + side + "." + i, got[side][i], out.get(side).get(i), 4);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> semantics() {
    return SEMANTICS.entrySet().stream().map(e -> DynamicTest.dynamicTest(e.getKey(), e.getValue()::run));
  }

  @Test
  void everyCaseIsTranslatedOrExcluded() {
    TreeSet<String> open = new TreeSet<>();
    for (int i = 0; i < CASES.size(); i++) {
      JsonNode c = CASES.get(i);
      String id = c.has("name") ? c.get("name").asText() : Integer.toString(i);
      boolean translated =
          c.has("name") ? SEMANTICS.containsKey(id) : EXPRESSIONS.containsKey(c.get("expr").asText());
      if (!translated && !EXCLUDED.containsKey(i)) {
        open.add(id);
      }
    }
    assertThat(open).isEmpty();
    Golden.report("grad", CASES.size());
  }

  @Test
  void integersAreTranslatedExactly() {
    assertThat(Values.array(CASES.get(35).get("constants").get("i")).dtype()).isEqualTo(DType.INT32);
  }
}
