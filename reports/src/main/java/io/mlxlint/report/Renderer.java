package io.mlxlint.report;

import java.io.IOException;

/** One format. */
sealed interface Renderer permits FullText, ConciseText, Json {

  void write(Report report, Appendable out) throws IOException;
}
