/**
 * The same programs with what the linter found put right; it finds nothing in them.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.mx, io.mlxlint.mx.nn, io.mlxlint.mx.optim.
 */
package io.mlxlint.samples.tuned;
