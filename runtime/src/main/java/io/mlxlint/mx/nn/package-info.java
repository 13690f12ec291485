/**
 * Layers, activations and losses of {@code mlx.nn}.
 *
 * <p>May import: io.mlxlint.mx, io.mlxlint.op.
 */
package io.mlxlint.mx.nn;
