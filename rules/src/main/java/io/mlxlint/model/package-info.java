/**
 * The array program: what a method does with arrays, as a control-flow graph in static single assignment
 * form.
 *
 * <p>Language-neutral: nothing here knows Java's syntax tree.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.finding.
 */
package io.mlxlint.model;
