/**
 * The command line.
 *
 * <p>May import: io.mlxlint.finding, io.mlxlint.rule, io.mlxlint.report, io.mlxlint.files, io.mlxlint.lint,
 * io.mlxlint.fix, io.mlxlint.verify, io.mlxlint.rules, io.mlxlint.engine, io.mlxlint.engine.mlx.
 */
package io.mlxlint.cli;
