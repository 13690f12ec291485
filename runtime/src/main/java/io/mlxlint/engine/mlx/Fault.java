package io.mlxlint.engine.mlx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is wrong with values that are not computed yet. MLX does not look at indices and divisors, so the
 * engine adds a check to the graph: an int32 that will be 0, or the number of what was found. Arrays that
 * depend on the check carry it, and it is read when one of them is evaluated.
 */
final class Fault {

  /** What a number stands for. */
  private record Finding(boolean arithmetic, String message) {}

  private static final List<Finding> FINDINGS = new ArrayList<>();
  private static final AtomicLong NEXT = new AtomicLong(1);
  /** The join that was made last: the operations after it usually ask for the same one. */
  private static final ThreadLocal<Fault> LAST = new ThreadLocal<>();

  private final long id = NEXT.getAndIncrement();
  private final long flag;
  private final long firstPart;
  private final long secondPart;
  private final AtomicInteger holders = new AtomicInteger(1);
  private volatile boolean clean;

  private Fault(long flag, long firstPart, long secondPart) {
    this.flag = flag;
    this.firstPart = firstPart;
    this.secondPart = secondPart;
  }

  /** Takes over the handle {@code flag}; the caller releases what it gets. */
  static Fault of(long flag) {
    return new Fault(flag, 0, 0);
  }

  /** The number of a finding, from 1; the same one for the same message. */
  static int number(boolean arithmetic, String message) {
    Finding finding = new Finding(arithmetic, message);
    synchronized (FINDINGS) {
      int at = FINDINGS.indexOf(finding);
      if (at < 0) {
        FINDINGS.add(finding);
        return FINDINGS.size();
      }
      return at + 1;
    }
  }

  /** Both as one, {@code null} where there is nothing to check; the caller releases it. */
  static Fault joined(Fault a, Fault b, long stream) {
    if (b == null || b.isClean()) {
      return retained(a);
    }
    if (a == null || a.isClean() || a == b || b.includes(a)) {
      return retained(b);
    }
    if (a.includes(b)) {
      return retained(a);
    }
    Fault last = LAST.get();
    if (last != null && last.includes(a) && last.includes(b) && last.tryRetain()) {
      return last;
    }
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      MemorySegment cell = scratch.out();
      Mlxc.mlx_maximum(cell, a.flag, b.flag, stream);
      Fault joined = new Fault(Scratch.handle(cell), a.id, b.id);
      LAST.set(joined);
      return joined;
    } finally {
      scratch.reset(mark);
    }
  }

  private static Fault retained(Fault fault) {
    if (fault == null || fault.clean) {
      return null;
    }
    if (!fault.tryRetain()) {
      throw new IllegalStateException("an array was released by another thread while it was used");
    }
    return fault;
  }

  private boolean includes(Fault other) {
    return firstPart == other.id || secondPart == other.id;
  }

  long flag() {
    return flag;
  }

  void retain() {
    holders.incrementAndGet();
  }

  private boolean tryRetain() {
    return holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  static void release(Fault fault) {
    if (fault != null && fault.holders.decrementAndGet() == 0) {
      HandleUse.free(fault.flag);
    }
  }

  /** Whether it is known that nothing is wrong. */
  boolean isClean() {
    if (!clean && MlxNode.isAvailable(flag)) {
      clean = value() == 0;
    }
    return clean;
  }

  /** Throws what was found; evaluates the flag if nobody did. */
  void raise() {
    if (!clean) {
      int number = value();
      clean = number == 0;
      if (number != 0) {
        throw exception(number);
      }
    }
  }

  private static RuntimeException exception(int number) {
    synchronized (FINDINGS) {
      Finding finding = FINDINGS.get(number - 1);
      return finding.arithmetic ? new ArithmeticException(finding.message)
          : new IndexOutOfBoundsException(finding.message);
    }
  }

  private int value() {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      MemorySegment cell = scratch.out();
      Mlxc.mlx_array_item_int32(cell, flag);
      return cell.get(ValueLayout.JAVA_INT, 0);
    } finally {
      scratch.reset(mark);
    }
  }
}
