/**
 * Rules about dtypes, one to a file.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.finding, io.mlxlint.model, io.mlxlint.analysis.*, io.mlxlint.rule.
 */
package io.mlxlint.rules.dtype;
