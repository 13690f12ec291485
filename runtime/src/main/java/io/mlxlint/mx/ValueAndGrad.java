package io.mlxlint.mx;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.NodeFunction;
import io.mlxlint.engine.Transforms.ValueAndGradient;
import io.mlxlint.op.Effect;
import io.mlxlint.op.Performs;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A function and its gradient ({@code mx.value_and_grad}). The function's first result must be a floating
 * scalar; the others are handed through. It may be called from any thread.
 */
public final class ValueAndGrad {
  private final Object parameters;
  private final Functions.OfArrays function;
  private final int[] argnums;
  private final Traced.PerEngine<ValueAndGradient> byArguments;

  ValueAndGrad(Functions.OfArrays function, int... argnums) {
    this(null, function, argnums.length == 0 ? new int[] {0} : argnums.clone());
  }

  /** With respect to the arrays of a tree, which the function uses by their handles. */
  ValueAndGrad(Object parameters, Functions.OfArrays function) {
    this(parameters, function, null);
  }

  private ValueAndGrad(Object parameters, Functions.OfArrays function, int[] argnums) {
    this.parameters = parameters;
    this.function = function;
    this.argnums = argnums;
    requireDistinct(argnums);
    byArguments = new Traced.PerEngine<>(e ->
        e.transforms().valueAndGrad(scalarFirst(Traced.nodes(e, "value_and_grad", function)), argnums));
  }

  private static void requireDistinct(int[] argnums) {
    if (argnums != null && Arrays.stream(argnums).distinct().count() < argnums.length) {
      throw new IllegalArgumentException(
          "value_and_grad: an argument is given twice in " + Arrays.toString(argnums));
    }
  }

  private static NodeFunction scalarFirst(NodeFunction function) {
    return inputs -> {
      Node[] outputs = function.apply(inputs);
      if (outputs.length == 0 || outputs[0].spec().shape().rank() != 0) {
        throw new IllegalArgumentException("value_and_grad: the gradient is that of a scalar,"
            + " and the function returned "
            + (outputs.length == 0 ? "nothing" : "shape " + outputs[0].spec().shape())
            + " first; sum or average it");
      }
      return outputs;
    };
  }

  /**
   * What a call gives.
   *
   * @param value the scalar
   * @param values all results of the function, the scalar first
   * @param grads one gradient for each argument or leaf, in order
   * @param names the names of the leaves, or the argument numbers
   */
  public record Result(Array value, Array[] values, Array[] grads, List<String> names) {

    /** The first gradient. */
    public Array grad() {
      return grads[0];
    }

    /** The gradients by name. */
    public Map<String, Array> gradsByName() {
      Map<String, Array> out = new LinkedHashMap<>();
      for (int i = 0; i < grads.length; i++) {
        out.put(names.get(i), grads[i]);
      }
      return out;
    }

    /** Gives up the gradients, see {@link Array#close}; the values stay. */
    @Performs(effect = Effect.RELEASES)
    public void closeGrads() {
      MX.close((Object) grads);
    }
  }

  /** Value and gradients at {@code inputs}. */
  @Performs
  public Result apply(Array... inputs) {
    return parameters == null ? byArguments(inputs) : byLeaves(inputs);
  }

  private Result byArguments(Array[] inputs) {
    Functions.requireCount("value_and_grad", function, inputs.length);
    List<String> names = new ArrayList<>();
    for (int i : argnums) {
      if (i < 0 || i >= inputs.length) {
        throw new IllegalArgumentException("value_and_grad: there is no argument " + i + " among "
            + inputs.length + ", which count from 0");
      }
      names.add(Integer.toString(i));
    }
    Engine engine = Traced.engine(inputs);
    return call(byArguments.get(engine), engine, List.of(inputs), names);
  }

  /** The leaves join the inputs, and their handles stand for the traced nodes while the function runs. */
  private Result byLeaves(Array[] inputs) {
    Functions.requireCount("value_and_grad", function, inputs.length);
    Map<String, Array> named = Tree.of(parameters).leaves();
    List<Array> leaves = new ArrayList<>(named.values());
    if (leaves.isEmpty()) {
      throw new IllegalArgumentException("value_and_grad: there are no parameters to differentiate for");
    }
    Engine engine = leaves.getFirst().engine();
    int n = leaves.size();
    NodeFunction onData = scalarFirst(Traced.nodes(engine, "value_and_grad", function));
    ValueAndGradient differentiated =
        engine.transforms().valueAndGrad(Rebinding.over(engine, leaves, onData), Axes.range(n));
    List<Array> all = Stream.concat(leaves.stream(), Arrays.stream(inputs)).toList();
    return call(differentiated, engine, all, List.copyOf(named.keySet()));
  }

  private static Result call(ValueAndGradient function, Engine engine, List<Array> inputs,
      List<String> names) {
    Node[] nodes = Evaluation.nodes(engine, "value_and_grad", inputs);
    var out = function.apply(nodes);
    Reference.reachabilityFence(inputs);
    Array[] values = Traced.arrays(engine, out.values());
    return new Result(values[0], values, Traced.arrays(engine, out.gradients()), names);
  }
}
