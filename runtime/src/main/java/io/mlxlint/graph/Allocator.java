package io.mlxlint.graph;

import io.mlxlint.engine.Memory;
import io.mlxlint.op.Spec;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Hands out storage, keeps freed arrays for reuse and holds the memory account.
 *
 * <p>A kept array serves a request of at least half its size, as MLX's cache does. Small arrays are left to
 * the garbage collector: keeping them costs more than making them.
 */
public final class Allocator implements Memory {
  private static final int SMALLEST_KEPT = 1024;
  private static final long PAGE = 16384;

  /** The free arrays of one kind, by length. */
  private final Map<Storage.Kind, NavigableMap<Integer, ArrayDeque<Object>>> free =
      new EnumMap<>(Storage.Kind.class);

  private long active;
  private long peak;
  private long cache;
  private long memoryLimit = Runtime.getRuntime().maxMemory() / 4 * 3;
  private long cacheLimit = Runtime.getRuntime().maxMemory() / 4;
  private long collectedAt = Long.MIN_VALUE;

  Allocator() {
    for (Storage.Kind kind : Storage.Kind.values()) {
      free.put(kind, new TreeMap<>());
    }
  }

  /** Storage for the elements of {@code spec}, contents undefined. */
  public Storage allocate(Spec spec) {
    long elements = spec.shape().size();
    if (elements > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "an array of " + spec + " has " + elements + " elements, engine java holds at most "
          + (Integer.MAX_VALUE - 8));
    }
    Storage.Kind kind = Storage.Kind.of(spec.dtype());
    long bytes = elements * kind.itemSize;
    if (isNearLimit(bytes)) {
      clearCache();
      collect();
    }
    Object array = reuse(kind, (int) elements);
    if (array == null) {
      try {
        array = kind.newArray((int) elements);
      } catch (OutOfMemoryError e) {
        array = afterCollection(kind, (int) elements, spec);
      }
    }
    synchronized (this) {
      active += bytes;
      peak = Math.max(peak, active);
    }
    return kind.wrap(this, array, bytes);
  }

  private synchronized boolean isNearLimit(long bytes) {
    return active + cache + bytes > memoryLimit && bytes > 0;
  }

  private Object afterCollection(Storage.Kind kind, int length, Spec spec) {
    clearCache();
    System.gc();
    try {
      return kind.newArray(length);
    } catch (OutOfMemoryError e) {
      OutOfMemoryError clear = new OutOfMemoryError("no room for an array of " + spec + ": " + active()
          + " bytes are held by arrays; close what is not needed or give the JVM more with -Xmx");
      clear.initCause(e);
      throw clear;
    }
  }

  /** Arrays nobody closed go only when the collector sees them; asked for at most every half second. */
  private void collect() {
    long now = System.nanoTime();
    synchronized (this) {
      if (active < memoryLimit / 2 || (collectedAt != Long.MIN_VALUE && now - collectedAt < 500_000_000L)) {
        return;
      }
      collectedAt = now;
    }
    System.gc();
  }

  private synchronized Object reuse(Storage.Kind kind, int length) {
    if (length < SMALLEST_KEPT / kind.itemSize) {
      return null;
    }
    Map.Entry<Integer, ArrayDeque<Object>> entry = free.get(kind).ceilingEntry(length);
    long most = Math.min(2L * length, length + 2 * PAGE / kind.itemSize);
    if (entry == null || (entry.getKey() != length && entry.getKey() >= most)) {
      return null;
    }
    Object array = entry.getValue().pop();
    if (entry.getValue().isEmpty()) {
      free.get(kind).remove(entry.getKey());
    }
    cache -= (long) entry.getKey() * kind.itemSize;
    return array;
  }

  synchronized void free(Storage storage) {
    active -= storage.bytes();
    Object array = storage.array();
    Storage.Kind kind = kindOf(storage);
    int length = Array.getLength(array);
    long bytes = (long) length * kind.itemSize;
    if (bytes < SMALLEST_KEPT || bytes > cacheLimit) {
      return;
    }
    free.get(kind).computeIfAbsent(length, n -> new ArrayDeque<>()).push(array);
    cache += bytes;
    trim();
  }

  private static Storage.Kind kindOf(Storage storage) {
    return switch (storage) {
      case Storage.Bytes b -> Storage.Kind.BYTES;
      case Storage.Shorts s -> Storage.Kind.SHORTS;
      case Storage.Ints i -> Storage.Kind.INTS;
      case Storage.Longs l -> Storage.Kind.LONGS;
      case Storage.Floats f -> Storage.Kind.FLOATS;
      case Storage.Doubles d -> Storage.Kind.DOUBLES;
    };
  }

  /** Drops kept arrays, the largest first, until the limit holds. */
  private void trim() {
    for (Map.Entry<Storage.Kind, NavigableMap<Integer, ArrayDeque<Object>>> byLength : free.entrySet()) {
      int itemSize = byLength.getKey().itemSize;
      Iterator<Map.Entry<Integer, ArrayDeque<Object>>> largest =
          byLength.getValue().descendingMap().entrySet().iterator();
      while (cache > cacheLimit && largest.hasNext()) {
        Map.Entry<Integer, ArrayDeque<Object>> same = largest.next();
        while (cache > cacheLimit && !same.getValue().isEmpty()) {
          same.getValue().pollLast();
          cache -= (long) same.getKey() * itemSize;
        }
        if (same.getValue().isEmpty()) {
          largest.remove();
        }
      }
    }
  }

  @Override
  public synchronized long active() {
    return active;
  }

  @Override
  public synchronized long peak() {
    return peak;
  }

  @Override
  public synchronized long cache() {
    return cache;
  }

  @Override
  public synchronized void resetPeak() {
    peak = 0;
  }

  @Override
  public synchronized void clearCache() {
    free.values().forEach(Map::clear);
    cache = 0;
  }

  @Override
  public synchronized long setCacheLimit(long bytes) {
    long previous = cacheLimit;
    cacheLimit = bytes;
    trim();
    return previous;
  }

  @Override
  public synchronized long limit() {
    return memoryLimit;
  }

  @Override
  public synchronized long setMemoryLimit(long bytes) {
    long previous = memoryLimit;
    memoryLimit = bytes;
    return previous;
  }
}
