/**
 * Is an array computed yet at some point, and what does an instruction compute?
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.finding, io.mlxlint.model, io.mlxlint.analysis.values,
 * io.mlxlint.analysis.loops, io.mlxlint.analysis.runtime.
 */
package io.mlxlint.analysis.evaluation;
