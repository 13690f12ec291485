/**
 * The lazy graph of engine {@code java}: nodes, who holds them and in which order they are computed.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.engine.
 */
package io.mlxlint.graph;
