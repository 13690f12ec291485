/**
 * Reads Java sources and lowers them to array programs; the only package that knows JavaParser.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.finding, io.mlxlint.model.
 */
package io.mlxlint.java;
