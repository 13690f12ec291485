package io.mlxlint.mx;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.NodeFunction;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Functions over arrays as engines call them: over nodes, each call in a scope of its own. */
final class Traced {

  private Traced() {}

  /** What the body makes and does not return is released at its end. */
  static NodeFunction nodes(Engine engine, String name, Functions.OfArrays body) {
    return inputs -> {
      Functions.requireCount(name, body, inputs.length);
      Scope scope = new Scope();
      try {
        for (Node n : inputs) {
          engine.retain(n);
        }
        return retained(engine, name, body.apply(arrays(engine, inputs)));
      } finally {
        scope.end("at the end of the function given to " + name);
      }
    };
  }

  /** Arrays that take over the handles on {@code nodes}. */
  static Array[] arrays(Engine engine, Node[] nodes) {
    return arrays(engine, nodes, Local.current().scope);
  }

  static Array[] arrays(Engine engine, Node[] nodes, Scope holder) {
    Array[] out = new Array[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      out[i] = new Array(engine, nodes[i], holder);
    }
    return out;
  }

  /** The nodes of {@code arrays}, with a handle of their own for the caller. */
  static Node[] retained(Engine engine, String name, Array[] arrays) {
    if (arrays == null || Arrays.asList(arrays).contains(null)) {
      throw new IllegalArgumentException("the function given to " + name + " returned null, not an array");
    }
    Node[] out = Evaluation.nodes(engine, name, List.of(arrays));
    for (Node n : out) {
      engine.retain(n);
    }
    return out;
  }

  /** Calls a function over nodes with arrays. */
  static Array[] call(NodeFunction function, Engine engine, String name, Array... inputs) {
    Array[] out = arrays(engine, function.apply(Evaluation.nodes(engine, name, List.of(inputs))));
    Reference.reachabilityFence(inputs);
    return out;
  }

  static Engine engine(Array... inputs) {
    return inputs.length == 0 ? Engines.current() : inputs[0].engine();
  }

  /** Something made once for the engine in use, when it is first needed. */
  static final class PerEngine<T> {
    private final Function<Engine, T> make;
    private volatile Made<T> made = new Made<>(null, null);

    private record Made<T>(Engine engine, T value) {}

    PerEngine(Function<Engine, T> make) {
      this.make = make;
    }

    T get(Engine wanted) {
      Made<T> known = made;
      return known.engine == wanted ? known.value : makeFor(wanted);
    }

    private synchronized T makeFor(Engine wanted) {
      if (made.engine != wanted) {
        made = new Made<>(wanted, make.apply(wanted));
      }
      return made.value;
    }

    T orNull() {
      return made.value;
    }
  }
}
