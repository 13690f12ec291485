package io.mlxlint.engine.mlx;

import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.Streams;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * MLX's streams. MLX gives each thread default streams of its own, and an array made on them cannot be
 * evaluated by another thread; in Java arrays wander between threads, so all threads share one default
 * stream for each device.
 */
final class MlxStreams implements Streams {
  private record Entry(long handle, DeviceType device) {}

  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  /** Those of the entries; every operation looks here. */
  private volatile long[] handles = {};
  private final AtomicIntegerArray defaults = new AtomicIntegerArray(new int[] {-1, -1});
  private final DeviceType defaultDevice;
  private final ThreadLocal<Boolean> attached = ThreadLocal.withInitial(() -> false);

  MlxStreams() {
    defaultDevice = isAvailable(DeviceType.GPU) && !wantsCpu() ? DeviceType.GPU : DeviceType.CPU;
  }

  private static boolean wantsCpu() {
    return "cpu".equals(System.getProperty("mlxlint.device", System.getenv("MLXLINT_DEVICE")));
  }

  /** MLX's own choices for this thread (in transforms, in eval) are to be ours. */
  void attachThread() {
    if (!attached.get()) {
      long device = newDevice(defaultDevice);
      Mlxc.mlx_set_default_device(device);
      Mlxc.mlx_device_free(device);
      for (DeviceType type : DeviceType.values()) {
        if (isAvailable(type)) {
          Mlxc.mlx_set_default_stream(handle(defaultStream(type)));
        }
      }
      attached.set(true);
    }
  }

  long handle(int stream) {
    return handles[stream];
  }

  long defaultHandle() {
    return handle(defaultStream(defaultDevice));
  }

  @Override
  public DeviceType defaultDevice() {
    return defaultDevice;
  }

  @Override
  public boolean isAvailable(DeviceType type) {
    Scratch scratch = Scratch.current();
    long mark = scratch.mark();
    long device = newDevice(type);
    try {
      MemorySegment out = scratch.out();
      Mlxc.mlx_device_is_available(out, device);
      return out.get(ValueLayout.JAVA_BOOLEAN, 0);
    } finally {
      scratch.reset(mark);
      Mlxc.mlx_device_free(device);
    }
  }

  @Override
  public int defaultStream(DeviceType device) {
    int known = defaults.get(device.ordinal());
    return known >= 0 ? known : firstStream(device);
  }

  private synchronized int firstStream(DeviceType device) {
    if (defaults.get(device.ordinal()) < 0) {
      defaults.set(device.ordinal(), newStream(device));
    }
    return defaults.get(device.ordinal());
  }

  @Override
  public synchronized int newStream(DeviceType type) {
    long device = newDevice(type);
    try {
      long handle = Mlxc.mlx_stream_new_thread_unsafe(device);
      entries.add(new Entry(handle, type));
      long[] more = Arrays.copyOf(handles, entries.size());
      more[more.length - 1] = handle;
      handles = more;
      return more.length - 1;
    } finally {
      Mlxc.mlx_device_free(device);
    }
  }

  @Override
  public DeviceType deviceOf(int stream) {
    return entries.get(stream).device;
  }

  @Override
  public void synchronize(int stream) {
    Mlxc.mlx_synchronize(handle(stream));
  }

  private static long newDevice(DeviceType type) {
    // MLX_CPU is 0, MLX_GPU is 1, as in our enum
    return Mlxc.mlx_device_new_type(type.ordinal(), 0);
  }
}
