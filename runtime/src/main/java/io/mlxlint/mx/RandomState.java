package io.mlxlint.mx;

import java.util.Map;

/**
 * The state from which {@link Random} draws without a key, as a tree: it is to be named as input and output
 * of a compiled function that draws from it.
 */
final class RandomState implements Tree.Container {
  private Array key;

  synchronized void seed(long seed) {
    key = Random.key(seed);
    // it outlives all scopes
    key.moveTo((Scope) null);
  }

  private synchronized Array current() {
    if (key == null || key.engine() != Engines.current()) {
      seed(System.nanoTime());
    }
    return key;
  }

  /** Splits the state in two; one half stays, the other is used. */
  synchronized Array next() {
    Array both = Random.split(current());
    Array used = both.at(1);
    Array kept = both.at(0);
    key.rebind(kept.take());
    both.discard();
    return used;
  }

  @Override
  public Map<String, ?> children() {
    return Map.of("0", current());
  }
}
