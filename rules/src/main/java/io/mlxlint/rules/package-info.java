/**
 * The list of all rules.
 *
 * <p>May import: io.mlxlint.rule, io.mlxlint.rules.*.
 */
package io.mlxlint.rules;
