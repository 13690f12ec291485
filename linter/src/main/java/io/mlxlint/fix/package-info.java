/**
 * Changing source files: which fixes go together, what they make of a text, and putting it on disk safely.
 *
 * <p>May import: io.mlxlint.finding, io.mlxlint.files, io.mlxlint.lint.
 */
package io.mlxlint.fix;
