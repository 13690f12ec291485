package io.mlxlint.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlxlint.mx.Array;
import io.mlxlint.mx.Fast;
import io.mlxlint.mx.Functions;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What vmap gave on MLX, by expression; a case without a translation must be excluded with a reason. */
class GoldenVmapTest {
  private static final JsonNode CASES = Golden.file("vmap").get("cases");
  private static final Map<String, Functions.OfArrays> EXPRESSIONS = new HashMap<>();
  private static final Map<Integer, String> EXCLUDED = Golden.exclusions("vmap");

  static {
    one("x*2", a -> a[0].multiply(2));
    one("x+y", a -> a[0].add(a[1]));
    one("x@y", a -> a[0].matmul(a[1]));
    one("mx.sum(x)", a -> a[0].sum());
    one("mx.sum(x,axis=0)", a -> a[0].sum(0));
    one("mx.sum(x,axis=-1)", a -> a[0].sum(-1));
    one("mx.softmax(x)", a -> MX.softmax(a[0]));
    one("mx.argmax(x)", a -> MX.argmax(a[0]));
    one("mx.sort(x)", a -> MX.sort(a[0]));
    one("mx.cumsum(x)", a -> MX.cumsum(a[0]));
    one("x[0]", a -> a[0].at(0));
    one("x[::-1]", a -> a[0].at(Index.step(-1)));
    one("mx.take(x,j)", a -> MX.take(a[0], a[1]));
    one("x[j]", a -> a[0].at(a[1]));
    one("mx.where(x>0,x,0.0)", a -> MX.where(a[0].greater(0), a[0], 0.0));
    one("mx.concatenate([x,x])", a -> MX.concatenate(a[0], a[0]));
    one("mx.transpose(x)", a -> MX.transpose(a[0]));
    one("mx.reshape(x,(4,))", a -> a[0].reshape(4));
    one("mx.expand_dims(x,0)", a -> MX.expandDims(a[0], 0));
    one("mx.broadcast_to(x,(2,2))", a -> MX.broadcastTo(a[0], 2, 2));
    one("mx.fast.rms_norm(x,None,1e-5)", a -> Fast.rmsNorm(a[0], null, 1e-5));
    one("mx.fast.layer_norm(x,None,None,1e-5)", a -> Fast.layerNorm(a[0], null, null, 1e-5));
    one("mx.exp(x)/mx.sum(mx.exp(x))", a -> MX.exp(a[0]).divide(MX.exp(a[0]).sum()));
    one("mx.linalg.norm(x)", a -> MX.sqrt(a[0].square().sum()));
    one("mx.outer(x,y)", a -> MX.outer(a[0], a[1]));
    EXPRESSIONS.put("(x, mx.sum(x))", a -> new Array[] {a[0], a[0].sum()});
    one("{'a': x}", a -> a[0]);
    one("mx.grad(lambda z: (z*z).sum())(x)", a -> MX.grad(z -> z.multiply(z).sum()).apply(a[0]));
    one("mx.zeros((2,))", a -> MX.zeros(2));
    one("x.shape[0]*x", a -> a[0].multiply(a[0].shape(0)));
    one("mx.einsum('ij,j->i',x,y)", a -> MX.einsum("ij,j->i", a[0], a[1]));
    one("mx.conv1d(x,w)", a -> MX.conv1d(a[0], a[1]));
    one("mx.matmul(x,y)", a -> MX.matmul(a[0], a[1]));
    one("x.at[0].add(1.0)", a -> a[0].atAdd(1.0, 0));
    one("mx.topk(x,1)", a -> MX.topk(a[0], 1));
    one("mx.logsumexp(x)", a -> MX.logsumexp(a[0]));
    one("mx.fast.scaled_dot_product_attention(x,x,x,scale=1.0)",
        a -> Fast.scaledDotProductAttention(a[0], a[0], a[0], 1.0));
    one("mx.random.uniform(shape=(2,),key=k)",
        a -> Random.uniform(0, 1, new int[] {2}, MX.float32, a[0]));
    one("mx.vmap(lambda z: z*z)(x)", a -> MX.vmap(z -> z.multiply(z)).apply(a[0]));
    one("mx.squeeze(x)", a -> MX.squeeze(a[0]));
    EXPRESSIONS.put("mx.split(x,2)", a -> MX.split(a[0], 2));
    one("mx.stack([x,x])", a -> MX.stack(a[0], a[0]));
    one("mx.pad(x,1)", a -> MX.pad(a[0], 1));
    one("mx.maximum(x,y)", a -> MX.maximum(a[0], a[1]));
  }

  private static void one(String expression, Function<Array[], Array> f) {
    EXPRESSIONS.put(expression, a -> new Array[] {f.apply(a)});
  }

  @TestFactory
  Stream<DynamicTest> results() {
    return IntStream.range(0, CASES.size()).filter(i -> !EXCLUDED.containsKey(i)).mapToObj(i ->
        DynamicTest.dynamicTest(i + " " + CASES.get(i).get("expr").asText(), () -> check(CASES.get(i))));
  }

  private static void check(JsonNode c) {
    Functions.OfArrays f = EXPRESSIONS.get(c.get("expr").asText());
    assertThat(f).as("a translation or an exclusion").isNotNull();
    Array[] in = Values.arrays(c.get("in"));
    int[] inAxes = axes(c.get("in_axes"), in.length);
    int[] outAxes = axes(c.get("out_axes"), 1);
    if (c.has("error")) {
      assertThatThrownBy(() -> MX.vmapArrays(f, inAxes, outAxes).apply(in))
          .isInstanceOf(IllegalArgumentException.class);
      return;
    }
    Array[] out = MX.vmapArrays(f, inAxes, repeated(outAxes, c.get("out"))).apply(in);
    JsonNode expected = c.get("out");
    if (expected.has("dtype")) {
      Agreement.check("result", out[0], expected, 8);
    } else {
      int i = 0;
      for (JsonNode e : expected) {
        Agreement.check("result " + i, out[i], e, 8);
        i++;
      }
    }
  }

  private static int[] axes(JsonNode axes, int n) {
    int[] out = new int[axes.isArray() ? axes.size() : n];
    for (int i = 0; i < out.length; i++) {
      JsonNode a = axes.isArray() ? axes.get(i) : axes;
      out[i] = a.isNull() ? -1 : a.asInt();
    }
    return out;
  }

  /** One output axis for each output. */
  private static int[] repeated(int[] axes, JsonNode out) {
    int n = out.has("dtype") ? 1 : out.size();
    int[] all = new int[n];
    for (int i = 0; i < n; i++) {
      all[i] = axes[Math.min(i, axes.length - 1)];
    }
    return all;
  }

  @Test
  void everyCaseIsTranslatedOrExcluded() {
    TreeSet<Integer> open = new TreeSet<>();
    for (int i = 0; i < CASES.size(); i++) {
      if (!EXPRESSIONS.containsKey(CASES.get(i).get("expr").asText()) && !EXCLUDED.containsKey(i)) {
        open.add(i);
      }
    }
    assertThat(open).isEmpty();
    Golden.report("vmap", CASES.size());
  }
}
