package io.mlxlint.mx;

import io.mlxlint.engine.Caller;
import io.mlxlint.engine.Debug;
import io.mlxlint.op.Effect;
import io.mlxlint.op.Performs;
import java.util.Arrays;

/**
 * Holds the arrays that its thread makes while it is the innermost open scope, and releases them when it
 * closes.
 *
 * <p>Build in a scope, evaluate after it: an evaluation inside keeps every temporary of the scope in memory.
 * <pre>{@code
 * Array loss;
 * try (var scope = MX.scope()) {
 *   loss = scope.keep(step(x));
 * }
 * MX.eval(loss);
 * }</pre>
 */
public final class Scope implements AutoCloseable {
  private final Local local;
  private final Scope outer;
  private Array[] arrays = new Array[16];
  private int size;
  private boolean closed;

  Scope() {
    local = Local.current();
    outer = local.scope;
    local.scope = this;
  }

  /**
   * Hands the arrays of {@code tree} to the enclosing scope, or to the garbage collector where there is none.
   *
   * @return {@code tree}
   */
  @Performs(effect = Effect.TRANSFORMS)
  public <T> T keep(T tree) {
    Tree.of(tree).arrays().forEach(this::keepOne);
    return tree;
  }

  /** How many open arrays the scope holds. */
  public int size() {
    return size;
  }

  /** Releases what the scope still holds. */
  @Override
  @Performs(effect = Effect.RELEASES)
  public void close() {
    if (closed) {
      return;
    }
    if (local.scope != this || local != Local.current()) {
      throw new IllegalStateException("scopes close on their thread, innermost first");
    }
    end(Debug.on() ? "when the scope ended at " + Caller.line() : "when its scope ended");
  }

  /** Closes without a look at the stack; {@code how} appears in the message of a use after release. */
  void end(String how) {
    closed = true;
    local.scope = outer;
    for (int i = size - 1; i >= 0; i--) {
      Array a = arrays[i];
      arrays[i] = null;
      a.releaseFromScope(how);
    }
    size = 0;
  }

  int add(Array array) {
    if (size == arrays.length) {
      arrays = Arrays.copyOf(arrays, 2 * size);
    }
    arrays[size] = array;
    return size++;
  }

  /** Takes out the array at {@code slot}; the last one moves there. */
  void remove(int slot) {
    Array last = arrays[--size];
    arrays[size] = null;
    if (slot < size) {
      arrays[slot] = last;
      last.moveTo(slot);
    }
  }

  private void keepOne(Array array) {
    if (array.isHeldBy(this)) {
      array.moveTo(outer);
    }
  }
}
