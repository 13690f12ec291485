/**
 * Functions of functions, modules and optimizers against what was measured on MLX 0.32.2, through the public API.
 *
 * <p>May import: everything of the runtime.
 */
package io.mlxlint.golden;
