package io.mlxlint.engine;

import io.mlxlint.op.Spec;

/** An array as its engine sees it: opaque to everybody else. */
public interface Node {
  Spec spec();
}
