/**
 * Where is a compiled function made and called, and does it outlive the place that makes it?
 *
 * <p>May import: io.mlxlint.finding, io.mlxlint.model, io.mlxlint.analysis.values,
 * io.mlxlint.analysis.evaluation.
 */
package io.mlxlint.analysis.compiled;
