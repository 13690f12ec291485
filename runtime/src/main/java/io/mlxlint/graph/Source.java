package io.mlxlint.graph;

/** Where a leaf's values come from when they are first needed, such as a file. */
@FunctionalInterface
public interface Source {

  /** Reads the values into new storage. */
  Strided read(Allocator allocator);
}
