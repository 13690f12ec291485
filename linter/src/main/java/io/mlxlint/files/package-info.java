/**
 * Which files are linted, and what their bytes say as text.
 *
 * <p>May import: io.mlxlint.finding.
 */
package io.mlxlint.files;
