/**
 * Optimizers and learning rate schedules of {@code mlx.optimizers}.
 *
 * <p>May import: io.mlxlint.mx, io.mlxlint.mx.nn, io.mlxlint.op.
 */
package io.mlxlint.mx.optim;
