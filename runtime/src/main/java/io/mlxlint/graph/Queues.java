package io.mlxlint.graph;

import io.mlxlint.engine.DeviceType;
import io.mlxlint.engine.Streams;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The streams of engine {@code java}: the processor only, stream 0 is everybody's default. */
final class Queues implements Streams {
  private final List<StreamQueue> queues = new CopyOnWriteArrayList<>(List.of(new StreamQueue(0)));

  StreamQueue queue(int stream) {
    if (stream < 0 || stream >= queues.size()) {
      throw new IllegalArgumentException("there is no stream " + stream);
    }
    return queues.get(stream);
  }

  @Override
  public DeviceType defaultDevice() {
    return DeviceType.CPU;
  }

  @Override
  public boolean isAvailable(DeviceType device) {
    return device == DeviceType.CPU;
  }

  @Override
  public int defaultStream(DeviceType device) {
    requireCpu(device);
    return 0;
  }

  @Override
  public synchronized int newStream(DeviceType device) {
    requireCpu(device);
    queues.add(new StreamQueue(queues.size()));
    return queues.size() - 1;
  }

  @Override
  public DeviceType deviceOf(int stream) {
    queue(stream);
    return DeviceType.CPU;
  }

  @Override
  public void synchronize(int stream) {
    queue(stream).awaitIdle();
  }

  private static void requireCpu(DeviceType device) {
    if (device != DeviceType.CPU) {
      throw new IllegalArgumentException("engine java computes on the cpu only, use engine mlx for the gpu");
    }
  }
}
