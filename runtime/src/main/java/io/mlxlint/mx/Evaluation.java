package io.mlxlint.mx;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What computes: trees of arrays handed to their engine. */
final class Evaluation {

  private Evaluation() {}

  static void eval(Object... trees) {
    List<Array> arrays = Tree.of(trees).arrays();
    if (!arrays.isEmpty()) {
      Engine engine = arrays.getFirst().engine();
      engine.eval(nodes(engine, "eval", arrays));
    }
    Reference.reachabilityFence(trees);
  }

  static void submit(Object... trees) {
    List<Array> arrays = Tree.of(trees).arrays();
    if (!arrays.isEmpty()) {
      Engine engine = arrays.getFirst().engine();
      engine.asyncEval(nodes(engine, "async_eval", arrays));
    }
    Reference.reachabilityFence(trees);
  }

  static void save(Path file, Map<String, Array> arrays, Map<String, String> metadata) {
    Engine engine = arrays.isEmpty() ? Engines.current() : arrays.values().iterator().next().engine();
    Map<String, Node> nodes = new LinkedHashMap<>();
    arrays.forEach((name, a) -> nodes.put(name, nodes(engine, "save_safetensors", List.of(a))[0]));
    engine.saveSafetensors(file, nodes, metadata);
    Reference.reachabilityFence(arrays);
  }

  static Node[] nodes(Engine engine, String name, List<Array> arrays) {
    return nodes(engine, name, arrays.toArray(Array[]::new));
  }

  static Node[] nodes(Engine engine, String name, Array... arrays) {
    Node[] out = new Node[arrays.length];
    for (int i = 0; i < out.length; i++) {
      Array a = arrays[i];
      if (a.engine() != engine) {
        throw new IllegalStateException(name + ": arrays of engine " + engine.name() + " and of engine "
            + a.engine().name() + " do not mix");
      }
      out[i] = a.node();
    }
    return out;
  }
}
