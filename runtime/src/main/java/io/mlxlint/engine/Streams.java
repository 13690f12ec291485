package io.mlxlint.engine;

/** The queues of an engine, named by index; work on one is done in order. */
public interface Streams {

  /** The device that is used when nothing else is said. */
  DeviceType defaultDevice();

  boolean isAvailable(DeviceType device);

  /** The stream of the calling thread for {@code device} when nothing else is said. */
  int defaultStream(DeviceType device);

  int newStream(DeviceType device);

  DeviceType deviceOf(int stream);

  /** Waits until everything submitted to {@code stream} is done. */
  void synchronize(int stream);
}
