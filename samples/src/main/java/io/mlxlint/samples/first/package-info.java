/**
 * Programs as a good Java programmer new to lazy arrays would first write them; comments mark what the linter
 * must find.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.mx, io.mlxlint.mx.nn, io.mlxlint.mx.optim.
 */
package io.mlxlint.samples.first;
