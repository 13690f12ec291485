package io.mlxlint.graph;

import io.mlxlint.op.DType;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pooled Java array, shared by all views of it. The array may be longer than asked for. complex64 is kept
 * as one long per element, the real part in the low half, which is the byte order MLX uses.
 */
public abstract sealed class Storage {
  private final Allocator owner;
  private final long bytes;
  private final AtomicInteger references = new AtomicInteger(1);

  Storage(Allocator owner, long bytes) {
    this.owner = owner;
    this.bytes = bytes;
  }

  /** What the memory account charges for it. */
  public final long bytes() {
    return bytes;
  }

  /** Everything, as bytes in native order. */
  public abstract MemorySegment segment();

  abstract Object array();

  public final void retain() {
    references.incrementAndGet();
  }

  public final void release() {
    if (references.decrementAndGet() == 0) {
      owner.free(this);
    }
  }

  /** How many views and users it has. */
  public final int references() {
    return references.get();
  }

  /** Which Java array holds a dtype. */
  public enum Kind {
    BYTES(1), SHORTS(2), INTS(4), LONGS(8), FLOATS(4), DOUBLES(8);

    final int itemSize;

    Kind(int itemSize) {
      this.itemSize = itemSize;
    }

    public static Kind of(DType dtype) {
      return switch (dtype) {
        case BOOL, UINT8, INT8 -> BYTES;
        case UINT16, INT16, FLOAT16, BFLOAT16 -> SHORTS;
        case UINT32, INT32 -> INTS;
        case UINT64, INT64, COMPLEX64 -> LONGS;
        case FLOAT32 -> FLOATS;
        case FLOAT64 -> DOUBLES;
      };
    }

    Object newArray(int length) {
      return switch (this) {
        case BYTES -> new byte[length];
        case SHORTS -> new short[length];
        case INTS -> new int[length];
        case LONGS -> new long[length];
        case FLOATS -> new float[length];
        case DOUBLES -> new double[length];
      };
    }

    Storage wrap(Allocator owner, Object array, long bytes) {
      return switch (this) {
        case BYTES -> new Bytes(owner, (byte[]) array, bytes);
        case SHORTS -> new Shorts(owner, (short[]) array, bytes);
        case INTS -> new Ints(owner, (int[]) array, bytes);
        case LONGS -> new Longs(owner, (long[]) array, bytes);
        case FLOATS -> new Floats(owner, (float[]) array, bytes);
        case DOUBLES -> new Doubles(owner, (double[]) array, bytes);
      };
    }
  }

  /** bool, uint8, int8. */
  public static final class Bytes extends Storage {
    public final byte[] array;

    Bytes(Allocator owner, byte[] array, long bytes) {
      super(owner, bytes);
      this.array = array;
    }

    @Override
    Object array() {
      return array;
    }

    @Override
    public MemorySegment segment() {
      return MemorySegment.ofArray(array);
    }
  }

  /** 16-bit integers and the halves. */
  public static final class Shorts extends Storage {
    public final short[] array;

    Shorts(Allocator owner, short[] array, long bytes) {
      super(owner, bytes);
      this.array = array;
    }

    @Override
    Object array() {
      return array;
    }

    @Override
    public MemorySegment segment() {
      return MemorySegment.ofArray(array);
    }
  }

  /** 32-bit integers. */
  public static final class Ints extends Storage {
    public final int[] array;

    Ints(Allocator owner, int[] array, long bytes) {
      super(owner, bytes);
      this.array = array;
    }

    @Override
    Object array() {
      return array;
    }

    @Override
    public MemorySegment segment() {
      return MemorySegment.ofArray(array);
    }
  }

  /** 64-bit integers and complex64. */
  public static final class Longs extends Storage {
    public final long[] array;

    Longs(Allocator owner, long[] array, long bytes) {
      super(owner, bytes);
      this.array = array;
    }

    @Override
    Object array() {
      return array;
    }

    @Override
    public MemorySegment segment() {
      return MemorySegment.ofArray(array);
    }
  }

  /** float32. */
  public static final class Floats extends Storage {
    public final float[] array;

    Floats(Allocator owner, float[] array, long bytes) {
      super(owner, bytes);
      this.array = array;
    }

    @Override
    Object array() {
      return array;
    }

    @Override
    public MemorySegment segment() {
      return MemorySegment.ofArray(array);
    }
  }

  /** float64. */
  public static final class Doubles extends Storage {
    public final double[] array;

    Doubles(Allocator owner, double[] array, long bytes) {
      super(owner, bytes);
      this.array = array;
    }

    @Override
    Object array() {
      return array;
    }

    @Override
    public MemorySegment segment() {
      return MemorySegment.ofArray(array);
    }
  }
}
