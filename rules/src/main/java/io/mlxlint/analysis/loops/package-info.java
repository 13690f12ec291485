/**
 * Which loops run an instruction, how often, and which instruction comes before which?
 *
 * <p>May import: io.mlxlint.finding, io.mlxlint.model, io.mlxlint.analysis.values.
 */
package io.mlxlint.analysis.loops;
