package io.mlxlint.mx;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.PerThread;

/** What the calling thread has set: engine, scope, device and stream. One look-up serves an operation. */
final class Local {
  private static final PerThread<Local> CURRENT = new PerThread<>(Local::new);

  /** Set by {@link Engines#with}; {@code null} for the engine of the process. */
  Engine engine;

  /** The innermost open scope, or {@code null}. */
  Scope scope;

  /** Set by {@link MX#stream}; {@code null} for the default of the device. */
  Stream stream;

  /** Those of the innermost call of a compiled function: its trace runs on the caller's thread. */
  Object constants;

  static Local current() {
    return CURRENT.get();
  }

  Engine engine() {
    return engine != null ? engine : Engines.process();
  }

  int stream(Engine on) {
    return stream != null ? stream.index() : on.streams().defaultStream(Device.current(on).type());
  }
}
