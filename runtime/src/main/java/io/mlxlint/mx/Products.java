package io.mlxlint.mx;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.NodeFunction;
import java.lang.ref.Reference;
import java.util.List;

/** The transformations that turn one function over arrays into another. */
final class Products {

  private Products() {}

  static Array[][] vjp(Functions.OfArrays function, Array[] primals, Array[] cotangents) {
    Engine engine = Traced.engine(primals);
    return arrays(engine, engine.transforms().vjp(Traced.nodes(engine, "vjp", function),
        nodes(engine, "vjp", primals), nodes(engine, "vjp", cotangents)), primals, cotangents);
  }

  static Array[][] jvp(Functions.OfArrays function, Array[] primals, Array[] tangents) {
    Engine engine = Traced.engine(primals);
    return arrays(engine, engine.transforms().jvp(Traced.nodes(engine, "jvp", function),
        nodes(engine, "jvp", primals), nodes(engine, "jvp", tangents)), primals, tangents);
  }

  static Functions.OfArrays vmap(Functions.OfArrays function, int[] inAxes, int[] outAxes) {
    return over("vmap", new Traced.PerEngine<>(e ->
        e.transforms().vmap(Traced.nodes(e, "vmap", function), inAxes, outAxes)));
  }

  static Functions.OfArrays checkpoint(Functions.OfArrays function) {
    return over("checkpoint", new Traced.PerEngine<>(e ->
        e.transforms().checkpoint(Traced.nodes(e, "checkpoint", function))));
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
