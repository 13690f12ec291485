/**
 * What a run found, as text or as a file: one renderer per format.
 *
 * <p>May import: io.mlxlint.finding, io.mlxlint.rule.
 */
package io.mlxlint.report;
