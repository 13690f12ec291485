/**
 * What do the runtime's own functions, those that are no operations, make of their arguments?
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.finding.
 */
package io.mlxlint.analysis.runtime;
