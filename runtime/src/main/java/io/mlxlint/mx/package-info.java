/**
 * What users import: lazy arrays, the functions over them, scopes, streams and random numbers.
 *
 * <p>May import: io.mlxlint.op, io.mlxlint.engine.
 */
package io.mlxlint.mx;
