/**
 * Functions of functions for engine {@code java}: composite operations taken apart, gradients, mapping,
 * compilation.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.engine, io.mlxlint.graph.
 */
package io.mlxlint.transform;
