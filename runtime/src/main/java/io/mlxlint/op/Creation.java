package io.mlxlint.op;

/** Operations that make an array from numbers. */
public enum Creation implements Kind {
  /** From host values. */
  ARRAY, ZEROS, ONES, FULL, ZEROS_LIKE, ONES_LIKE, FULL_LIKE, ARANGE, LINSPACE, EYE, IDENTITY, TRI,
  BARTLETT, HANNING, HAMMING, BLACKMAN,
  /** From a file, when first needed. */
  LOAD;

  @Override
  public DTypeRule dtypes() {
    return switch (this) {
      case ZEROS_LIKE, ONES_LIKE, FULL_LIKE -> DTypeRule.FIRST;
      case ARRAY, ZEROS, ONES, FULL, ARANGE, LINSPACE, EYE, IDENTITY, TRI, BARTLETT, HANNING, HAMMING,
          BLACKMAN, LOAD -> DTypeRule.GIVEN;
    };
  }

  /** {@code start, start + step, ...} below {@code stop}. */
  public record Arange(double start, double stop, double step, DType dtype) implements Primitive {
    @Override
    public Kind kind() {
      return ARANGE;
    }

    @Override
    public Spec infer(Spec... operands) {
      if (step == 0 || Double.isNaN(step) || !Double.isFinite(start) || !Double.isFinite(stop)) {
        throw new IllegalArgumentException("arange: no array from " + start + " to " + stop + " by " + step);
      }
      if (dtype == DType.BOOL) {
        throw new IllegalArgumentException("arange makes no bool array");
      }
      double n = Math.max(0, Math.ceil((stop - start) / step));
      if (n > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("arange: " + n + " elements are more than an array can hold");
      }
      return new Spec(Shape.of((int) n), dtype);
    }
  }

  /** {@code num} values from {@code start} to {@code stop}, which is the last one or would be the next. */
  public record Linspace(double start, double stop, int num, boolean endpoint, DType dtype)
      implements Composite {
    @Override
    public Kind kind() {
      return LINSPACE;
    }

    @Override
    public Spec infer(Spec... operands) {
      if (num < 0) {
        throw new IllegalArgumentException("linspace: " + num + " values");
      }
      return new Spec(Shape.of(num), dtype);
    }
  }

  /** Ones on diagonal {@code k} of an {@code n} by {@code m} matrix, zero elsewhere. */
  public record Eye(int n, int m, int k, DType dtype) implements Composite {
    @Override
    public Kind kind() {
      return EYE;
    }

    @Override
    public Spec infer(Spec... operands) {
      return new Spec(Shape.of(n, m), dtype);
    }
  }

  /** Ones at and below diagonal {@code k} of an {@code n} by {@code m} matrix, zero above. */
  public record Tri(int n, int m, int k, DType dtype) implements Composite {
    @Override
    public Kind kind() {
      return TRI;
    }

    @Override
    public Spec infer(Spec... operands) {
      return new Spec(Shape.of(n, m), dtype);
    }
  }

  /** A window of {@code size} points, such as {@code HANNING}; float32. */
  public record Window(Creation kind, int size) implements Composite {
    public Window {
      switch (kind) {
        case BARTLETT, HANNING, HAMMING, BLACKMAN -> { }
        case ARRAY, ZEROS, ONES, FULL, ZEROS_LIKE, ONES_LIKE, FULL_LIKE, ARANGE, LINSPACE, EYE, IDENTITY, TRI,
            LOAD -> throw new IllegalArgumentException(kind + " is not a window");
      }
    }

    @Override
    public Spec infer(Spec... operands) {
      return new Spec(Shape.of(Math.max(0, size)), DType.FLOAT32);
    }
  }
}
