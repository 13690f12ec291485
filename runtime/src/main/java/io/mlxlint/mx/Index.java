package io.mlxlint.mx;

/** One subscript of {@link Array#at(Object...)} that is neither a number nor an array. */
public sealed interface Index {

  /** {@code start:stop:step}; {@code null} as in Python means "from the end that step starts at". */
  record Slice(Integer start, Integer stop, Integer step) implements Index {
    public Slice {
      if (step != null && step == 0) {
        throw new IllegalArgumentException("slice: a step of 0");
      }
    }
  }

  /** What {@link #newAxis} and {@link #ellipsis} give. */
  enum Marker implements Index { NEW_AXIS, ELLIPSIS }

  /** {@code start:stop}; negative values count from the end, values past the end are cut. */
  static Index slice(int start, int stop) {
    return new Slice(start, stop, null);
  }

  /** {@code start:stop:step}; a step of 0 is an {@link IllegalArgumentException}. */
  static Index slice(Integer start, Integer stop, Integer step) {
    return new Slice(start, stop, step);
  }

  /** {@code start:}. */
  static Index from(int start) {
    return new Slice(start, null, null);
  }

  /** {@code :stop}. */
  static Index to(int stop) {
    return new Slice(null, stop, null);
  }

  /** {@code ::step}. */
  static Index step(int step) {
    return new Slice(null, null, step);
  }

  /** {@code :}. */
  static Index all() {
    return new Slice(null, null, null);
  }

  /** A new dimension of size 1 ({@code None}, {@code mx.newaxis}). */
  static Index newAxis() {
    return Marker.NEW_AXIS;
  }

  /** As many {@code :} as are missing ({@code ...}). */
  static Index ellipsis() {
    return Marker.ELLIPSIS;
  }
}
