/**
 * Whether a finding is true on this device: runs the code as it is and with the fix, and compares.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.engine, io.mlxlint.mx, io.mlxlint.finding, io.mlxlint.rule,
 * io.mlxlint.fix.
 */
package io.mlxlint.verify;
