package io.mlxlint.engine.mlx;

import org.junit.jupiter.api.Assumptions;

/** The engine for tests; skips them where the library is not installed. */
final class Installed {

  private Installed() {}

  /** Asks the loader itself; with {@code -Dmlxlint.native.required=true} a missing library is a failure. */
  static MlxEngine engine() {
    try {
      return new MlxEngine();
    } catch (MlxUnavailableException e) {
      if (Boolean.getBoolean("mlxlint.native.required")) {
        throw e;
      }
      Assumptions.abort(e.getMessage());
      throw e;
    }
  }
}
