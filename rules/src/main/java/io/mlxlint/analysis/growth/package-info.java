/**
 * Which graphs grow from iteration to iteration because nothing in the loop evaluates them?
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.finding, io.mlxlint.model, io.mlxlint.analysis.values,
 * io.mlxlint.analysis.loops, io.mlxlint.analysis.evaluation.
 */
package io.mlxlint.analysis.growth;
