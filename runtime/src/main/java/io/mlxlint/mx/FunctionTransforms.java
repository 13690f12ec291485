package io.mlxlint.mx;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.NodeFunction;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The transformations that turn one function over arrays into another. */
final class FunctionTransforms {

  private FunctionTransforms() {}

  static Array[][] vjp(Functions.OfArrays function, Array[] primals, Array[] cotangents) {
    Engine engine = Traced.engine(primals);
    Functions.OfArrays checked = inputs -> {
      Array[] outputs = function.apply(inputs);
      requireFit("vjp", "cotangent", cotangents, "output", outputs);
      return outputs;
    };
    return arrays(engine, engine.transforms().vjp(Traced.nodes(engine, "vjp", checked),
        nodes(engine, "vjp", primals), nodes(engine, "vjp", cotangents)), primals, cotangents);
  }

  static Array[][] jvp(Functions.OfArrays function, Array[] primals, Array[] tangents) {
    Engine engine = Traced.engine(primals);
    requireFit("jvp", "tangent", tangents, "input", primals);
    return arrays(engine, engine.transforms().jvp(Traced.nodes(engine, "jvp", function),
        nodes(engine, "jvp", primals), nodes(engine, "jvp", tangents)), primals, tangents);
  }

  private static void requireFit(String name, String what, Array[] vectors, String values, Array[] arrays) {
    if (vectors.length != arrays.length) {
      throw new IllegalArgumentException(name + ": " + vectors.length + " " + what + "s for " + arrays.length
          + " " + values + "s");
    }
    for (int i = 0; i < vectors.length; i++) {
      if (!vectors[i].shape().equals(arrays[i].shape())) {
        throw new IllegalArgumentException(name + ": " + what + " " + i + " has shape " + vectors[i].shape()
            + ", its " + values + " has " + arrays[i].shape());
      }
    }
  }

  static Functions.OfArrays vmap(Functions.OfArrays function, int[] inAxes, int[] outAxes) {
    Functions.OfArrays mapped = over("vmap", new Traced.PerEngine<>(e ->
        e.transforms().vmap(Traced.nodes(e, "vmap", function), inAxes, outAxes)));
    return inputs -> {
      requireOneSize(inAxes, inputs);
      return mapped.apply(inputs);
    };
  }

  private static void requireOneSize(int[] inAxes, Array[] inputs) {
    if (inAxes.length != inputs.length) {
      throw new IllegalArgumentException("vmap: " + inAxes.length + " axes for " + inputs.length + " arrays");
    }
    int size = -1;
    for (int i = 0; i < inputs.length; i++) {
      if (inAxes[i] >= 0) {
        int n = inputs[i].shape(inAxes[i]);
        if (size >= 0 && n != size) {
          throw new IllegalArgumentException("vmap: the mapped axes have sizes " + size + " and " + n);
        }
        size = n;
      }
    }
    if (size < 0) {
      throw new IllegalArgumentException("vmap: no input is mapped");
    }
  }

  static Functions.OfArrays checkpoint(Functions.OfArrays function) {
    return over("checkpoint", new Traced.PerEngine<>(e ->
        e.transforms().checkpoint(Traced.nodes(e, "checkpoint", function))));
  }

  /** The leaves join the inputs, so that gradients reach them however the engine recomputes. */
  static Functions.OfArrays checkpoint(Object parameters, Functions.OfArrays function) {
    return inputs -> {
      List<Array> leaves = Tree.of(parameters).arrays();
      Array[] all = Stream.concat(leaves.stream(), Arrays.stream(inputs)).toArray(Array[]::new);
      Engine engine = Traced.engine(all);
      NodeFunction onAll = Rebinding.over(engine, leaves, Traced.nodes(engine, "checkpoint", function));
      return Traced.call(engine.transforms().checkpoint(onAll), engine, "checkpoint", all);
    };
  }

  private static Functions.OfArrays over(String name, Traced.PerEngine<NodeFunction> transformed) {
    return inputs -> {
      Engine engine = Traced.engine(inputs);
      return Traced.call(transformed.get(engine), engine, name, inputs);
    };
  }

  private static Node[] nodes(Engine engine, String name, Array[] arrays) {
    return Evaluation.nodes(engine, name, List.of(arrays));
  }

  private static Array[][] arrays(Engine engine, Node[][] both, Array[] first, Array[] second) {
    Reference.reachabilityFence(first);
    Reference.reachabilityFence(second);
    return new Array[][] {Traced.arrays(engine, both[0]), Traced.arrays(engine, both[1])};
  }
}
