/**
 * How fast engine java is, against the loop one would write oneself.
 *
 * <p>May import: io.mlxlint.mx, io.mlxlint.op.
 */
package io.mlxlint.benchmarks;
