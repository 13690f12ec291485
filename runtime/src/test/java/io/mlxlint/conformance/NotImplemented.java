package io.mlxlint.conformance;

/** The array API has no such operation, or not in this form. */
final class NotImplemented extends RuntimeException {
  NotImplemented() {
    super(null, null, false, false);
  }
}
