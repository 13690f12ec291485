/**
 * Which dtype does a value have, and why?
 *
 * <p>Each method is analysed once for every combination of argument dtypes that its callers prove; unknown
 * stays unknown.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.finding, io.mlxlint.model, io.mlxlint.analysis.values,
 * io.mlxlint.analysis.runtime.
 */
package io.mlxlint.analysis.dtypes;
