/**
 * Holds an engine to what MLX was measured to do.
 *
 * <p>May import: io.mlxlint.mx, io.mlxlint.op, io.mlxlint.engine.
 */
package io.mlxlint.conformance;
