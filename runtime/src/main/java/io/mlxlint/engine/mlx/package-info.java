/**
 * Engine {@code mlx}: the official MLX through its C API; the one place that calls native code.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.engine.
 */
package io.mlxlint.engine.mlx;
