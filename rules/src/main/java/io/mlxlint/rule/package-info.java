/**
 * What a rule is, and what it may ask.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.finding, io.mlxlint.model, io.mlxlint.analysis.
 */
package io.mlxlint.rule;
