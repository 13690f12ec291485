package io.mlxlint.mx;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.NodeFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lets handles stand for other nodes while a function is traced, and puts the old ones back. */
final class Rebinding implements AutoCloseable {
  private final Engine engine;
  private final List<Array> handles = new ArrayList<>();
  private final List<Node> before = new ArrayList<>();

  Rebinding(Engine engine) {
    this.engine = engine;
  }

  /** Takes nodes for {@code handles} before its own, and runs while the handles stand for them. */
  static NodeFunction over(Engine engine, List<Array> handles, NodeFunction function) {
    int n = handles.size();
    return nodes -> {
      try (Rebinding bound = new Rebinding(engine)) {
        for (int i = 0; i < n; i++) {
          bound.bind(handles.get(i), nodes[i]);
        }
        return function.apply(Arrays.copyOfRange(nodes, n, nodes.length));
      }
    };
  }

  /** Borrows {@code node} for {@code handle}. */
  void bind(Array handle, Node node) {
    engine.retain(node);
    handles.add(handle);
    before.add(handle.exchange(node));
  }

  /** Whatever the function does with the handle, it will stand for what it stands for now. */
  void protect(Array handle) {
    if (!handles.contains(handle)) {
      bind(handle, handle.node());
    }
  }

  @Override
  public void close() {
    for (int i = handles.size() - 1; i >= 0; i--) {
      handles.get(i).rebind(before.get(i));
    }
  }
}
