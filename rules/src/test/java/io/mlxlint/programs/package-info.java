/**
 * Ordinary programs, each a file or a package of its own; comments mark what the linter must find, and the
 * rest must stay silent.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.mx, io.mlxlint.mx.nn, io.mlxlint.mx.optim.
 */
package io.mlxlint.programs;
