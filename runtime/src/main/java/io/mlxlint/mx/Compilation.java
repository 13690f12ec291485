package io.mlxlint.mx;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.engine.Transforms.CompiledFunction;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A function with constants and state, and the engine's compiled form of it. */
final class Compilation<C> implements AutoCloseable {
  private static final Object NOTHING = List.of();
  private static final long NO_CONSTANTS = -1;

  private final Functions.WithConstants<C> function;
  private Object inputs = NOTHING;
  private Object outputs = NOTHING;
  private boolean shapeless;

  /** Stands for constants in the engine's key; equal constants have equal numbers. */
  private final Map<Object, Long> numbers = new ConcurrentHashMap<>();
  private final AtomicLong nextNumber = new AtomicLong();

  private volatile long[] lastKey = {-1, -1, -1};

  private final Traced.PerEngine<CompiledFunction> compiled = new Traced.PerEngine<>(this::compile);

  Compilation(Functions.WithConstants<C> function) {
    this.function = function;
  }

  void inputs(Object tree) {
    requireNew();
    inputs = tree;
  }

  void outputs(Object tree) {
    requireNew();
    outputs = tree;
  }

  void shapeless() {
    requireNew();
    shapeless = true;
  }

  private void requireNew() {
    if (compiled.orNull() != null) {
      throw new IllegalStateException("compile: say inputs, outputs and shapeless before the first call");
    }
  }

  Array[] apply(C constantsOfCall, Array... arguments) {
    List<Array> read = arrays(inputs);
    Array[] all = read.isEmpty() ? arguments : joined(arguments, read);
    Local local = Local.current();
    Engine engine = all.length == 0 ? local.engine() : all[0].engine();
    Node[] nodes = Evaluation.nodes(engine, "compile", all);
    long number = constantsOfCall == null ? NO_CONSTANTS
        : numbers.computeIfAbsent(Constants.key(constantsOfCall), _ -> nextNumber.getAndIncrement());
    Object before = local.constants;
    local.constants = constantsOfCall;
    Node[] results;
    try {
      results = compiled.get(engine)
          .apply(nodes, key(arguments.length, number, local.stream(engine)));
    } finally {
      local.constants = before;
      Reference.reachabilityFence(all);
    }
    List<Array> state = arrays(outputs);
    int own = results.length - state.size();
    for (int i = 0; i < state.size(); i++) {
      state.get(i).rebind(results[own + i]);
    }
    return Traced.arrays(engine, state.isEmpty() ? results : Arrays.copyOf(results, own), local.scope);
  }

  /** The same object for the same key, as far as the last call goes: an engine sees that faster. */
  private long[] key(long count, long number, long stream) {
    long[] last = lastKey;
    if (last[0] != count || last[1] != number || last[2] != stream) {
      last = new long[] {count, number, stream};
      lastKey = last;
    }
    return last;
  }

  private static Array[] joined(Array[] arguments, List<Array> read) {
    Array[] all = Arrays.copyOf(arguments, arguments.length + read.size());
    for (int i = 0; i < read.size(); i++) {
      all[arguments.length + i] = read.get(i);
    }
    return all;
  }

  /** A compiled call is short enough for a look through an empty tree to show. */
  private static List<Array> arrays(Object tree) {
    return tree == NOTHING ? List.of() : Tree.of(tree).arrays();
  }

  private CompiledFunction compile(Engine engine) {
    return engine.transforms().compile(nodes -> trace(engine, nodes), shapeless);
  }

  /** While the function runs, the handles of the input tree stand for the traced nodes. */
  private Node[] trace(Engine engine, Node[] nodes) {
    List<Array> read = Tree.of(inputs).arrays();
    int own = nodes.length - read.size();
    try (Rebinding bound = new Rebinding(engine)) {
      for (int i = 0; i < read.size(); i++) {
        bound.bind(read.get(i), nodes[own + i]);
      }
      Tree.of(outputs).arrays().forEach(bound::protect);
      @SuppressWarnings("unchecked") // of the call that traces, which is one of this function
      C constantsOfCall = (C) Local.current().constants;
      return Traced.nodes(engine, "compile", in -> {
        List<Array> results = new ArrayList<>(List.of(function.apply(constantsOfCall, in)));
        results.addAll(Tree.of(outputs).arrays());
        return results.toArray(Array[]::new);
      }).apply(Arrays.copyOf(nodes, own));
    }
  }

  @Override
  public void close() {
    CompiledFunction function = compiled.orNull();
    if (function != null) {
      function.close();
    }
  }
}
