/**
 * What the linter says: findings, where they are, how to fix them and what a measurement showed.
 *
 * <p>May import: nothing of ours.
 */
package io.mlxlint.finding;
