/**
 * Where does a value come from, who uses it, and does it change in a loop?
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.finding, io.mlxlint.model.
 */
package io.mlxlint.analysis.values;
