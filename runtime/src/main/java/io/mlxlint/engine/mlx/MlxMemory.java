package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Memory;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** MLX's own account of its allocator. */
final class MlxMemory implements Memory {

  @Override
  public long active() {
    return number(Mlxc::mlx_get_active_memory);
  }

  @Override
  public long peak() {
    return number(Mlxc::mlx_get_peak_memory);
  }

  @Override
  public long cache() {
    return number(Mlxc::mlx_get_cache_memory);
  }

  @Override
  public void resetPeak() {
    Mlxc.mlx_reset_peak_memory();
  }

  @Override
  public void clearCache() {
    Mlxc.mlx_clear_cache();
  }

  @Override
  public long setCacheLimit(long bytes) {
    return number(out -> Mlxc.mlx_set_cache_limit(out, bytes));
  }

  @Override
  public long setMemoryLimit(long bytes) {
    return number(out -> Mlxc.mlx_set_memory_limit(out, bytes));
  }

  @Override
  public long limit() {
    return number(Mlxc::mlx_get_memory_limit);
  }

  private static long number(Consumer<MemorySegment> query) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    try {
      MemorySegment out = scratch.out();
      query.accept(out);
      return Scratch.handle(out);
    } finally {
      scratch.reset(mark);
    }
  }
}
