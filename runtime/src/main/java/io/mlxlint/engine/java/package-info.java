/**
 * Engine {@code java}: the kernels, in plain Java that the JIT turns into vector code.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.engine, io.mlxlint.graph, io.mlxlint.transform.
 */
package io.mlxlint.engine.java;
