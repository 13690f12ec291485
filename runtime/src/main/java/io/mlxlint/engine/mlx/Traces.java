package io.mlxlint.engine.mlx;

import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What MLX has traced on one thread: it keeps traces in a cache of the thread's own, with all that they
 * captured. Those of a function that is gone are erased by that thread, when it traces again.
 */
final class Traces {
  private final Queue<Long> gone = new ConcurrentLinkedQueue<>();

  /** Nobody is in the middle of a call of the function with this id, and nobody will call it again. */
  void outlive(long id) {
    gone.add(id);
  }

  /** To be called by the thread whose traces these are, with its {@code scratch}. */
  void eraseGone(Scratch scratch) {
    for (Long id = gone.poll(); id != null; id = gone.poll()) {
      long mark = scratch.mark();
      try {
        MemorySegment cell = scratch.out();
        Mlxc.mlx_detail_compile_cache(cell);
        Mlxc.mlx_detail_compile_erase(Scratch.handle(cell), id);
        Mlxc.mlx_compile_cache_free(Scratch.handle(cell));
      } finally {
        scratch.reset(mark);
      }
    }
  }
}
