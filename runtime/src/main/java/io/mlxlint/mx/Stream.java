package io.mlxlint.mx;

/** A queue of work on a device ({@code mx.Stream}); operations on one stream run in order. */
public record Stream(Device device, int index) {

  /** Runs operations of the calling thread on a stream until it is closed ({@code with mx.stream(s)}). */
  public static final class Use implements AutoCloseable {
    private final Local local = Local.current();
    private final Stream before = local.stream;

    Use(Stream stream) {
      local.stream = stream;
    }

    /** Puts the stream back that was used before. */
    @Override
    public void close() {
      local.stream = before;
    }
  }
}
