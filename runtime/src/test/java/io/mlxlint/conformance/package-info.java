/**
 * Holds an engine to what MLX 0.32.2 was measured to do, through the public API.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.engine, io.mlxlint.mx, io.mlxlint.mx.nn, io.mlxlint.mx.optim.
 */
package io.mlxlint.conformance;
