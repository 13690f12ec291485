/**
 * The list of all rules.
 *
 * <p>May import: io.mlxlint.rule, io.mlxlint.rules.compile, io.mlxlint.rules.dtype,
 * io.mlxlint.rules.evaluation, io.mlxlint.rules.memory.
 */
package io.mlxlint.rules;
