/**
 * What an engine is: the interface between the array API and whatever computes.
 *
 * <p>May import: io.mlxlint.op.
 */
package io.mlxlint.engine;
