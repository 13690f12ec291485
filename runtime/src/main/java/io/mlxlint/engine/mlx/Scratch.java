package io.mlxlint.engine.mlx;

import io.mlxlint.engine.PerThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Native memory of one thread for the arguments of one call: out cells, shapes, handle lists, strings. A
 * stack, since MLX may call back into Java in the middle: {@link #mark} before, {@link #reset} after.
 */
final class Scratch {
  private static final long SIZE = 1 << 16;
  private static final PerThread<Scratch> CURRENT = new PerThread<>(Scratch::new);

  private static final int CELLS = 64;

  private final MemorySegment slab = Arena.ofAuto().allocate(SIZE, 8);
  /** The slab's first cells, each with those after it, made once: nearly every cell is one of them. */
  private final MemorySegment[] cells = new MemorySegment[CELLS];
  private long used;
  final Vector.Spare spare = new Vector.Spare();
  final Traces traces = new Traces();
  private final HandleUse handles = HandleUse.register();

  private Scratch() {
    Arrays.setAll(cells, i -> slab.asSlice(8L * i, 8L * (CELLS - i)));
  }

  /** The calling thread's. */
  static Scratch current() {
    return CURRENT.get();
  }

  /** To be closed when no handle is used any more that belongs to a node. */
  HandleUse useHandles() {
    return handles.begin();
  }

  long mark() {
    return used;
  }

  void reset(long mark) {
    used = mark;
  }

  private MemorySegment take(long bytes) {
    long from = used + 7 & ~7;
    if (from + bytes > SIZE) {
      return Arena.ofAuto().allocate(bytes, 8);
    }
    used = from + bytes;
    return slab.asSlice(from, bytes);
  }

  /** A cell for a result: an empty handle, or eight bytes for a number. */
  MemorySegment out() {
    long at = used + 7 >>> 3;
    MemorySegment cell;
    if (at < CELLS) {
      cell = cells[(int) at];
      used = at + 1 << 3;
    } else {
      cell = take(8);
    }
    cell.set(ValueLayout.JAVA_LONG, 0, 0);
    return cell;
  }

  static long handle(MemorySegment cell) {
    return cell.get(ValueLayout.JAVA_LONG, 0);
  }

  MemorySegment ints(int[] values) {
    MemorySegment out = take(4L * Math.max(1, values.length));
    MemorySegment.copy(values, 0, out, ValueLayout.JAVA_INT, 0, values.length);
    return out;
  }

  /** Room for a list of handles. */
  MemorySegment handles(int count) {
    int at = (int) (used + 7 >>> 3);
    if (at + count >= CELLS) {
      return take(8L * Math.max(1, count));
    }
    used = 8L * (at + count);
    return cells[at];
  }

  MemorySegment longs(long[] values) {
    MemorySegment out = take(8L * Math.max(1, values.length));
    MemorySegment.copy(values, 0, out, ValueLayout.JAVA_LONG, 0, values.length);
    return out;
  }

  /**
   * A C string. MLX's C API uses error messages as a format, so a name that may come back in one must not
   * contain a per cent sign.
   */
  MemorySegment string(String text) {
    if (text.indexOf('%') >= 0) {
      throw new IllegalArgumentException("engine mlx takes no names with a per cent sign: " + text);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MemorySegment out = take(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, out, ValueLayout.JAVA_BYTE, 0, bytes.length);
    out.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
    return out;
  }

  /** The C string at {@code address}. */
  static String text(MemorySegment address) {
    return address.reinterpret(Long.MAX_VALUE).getString(0);
  }
}
