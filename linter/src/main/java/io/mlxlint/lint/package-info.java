/**
 * What the rules say about some texts.
 *
 * <p>May import: io.mlxlint.finding, io.mlxlint.rule, io.mlxlint.java, io.mlxlint.model.
 */
package io.mlxlint.lint;
