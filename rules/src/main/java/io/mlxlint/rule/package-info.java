/**
 * What a rule is, what it may ask, and running rules over a program.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.finding, io.mlxlint.model, io.mlxlint.analysis.*.
 */
package io.mlxlint.rule;
