/**
 * What an operation is: dtypes and their promotion, shapes, the kinds of operation and their parameters,
 * effects.
 *
 * <p>May import: nothing of ours.
 */
package io.mlxlint.op;
