package io.mlxlint.mx;

/** Functions over arrays, for the transformations of {@link MX}. */
public final class Functions {

  private Functions() {}

  /** Of one array. */
  @FunctionalInterface
  public interface Of1 {
    Array apply(Array a);
  }

  /** Of two arrays. */
  @FunctionalInterface
  public interface Of2 {
    Array apply(Array a, Array b);
  }

  /** Of three arrays. */
  @FunctionalInterface
  public interface Of3 {
    Array apply(Array a, Array b, Array c);
  }

  /** Of four arrays. */
  @FunctionalInterface
  public interface Of4 {
    Array apply(Array a, Array b, Array c, Array d);
  }

  /** Of any number of arrays, with any number of results. */
  @FunctionalInterface
  public interface OfArrays {
    Array[] apply(Array[] inputs);
  }

  /** Of constants that a trace may depend on, and any number of arrays. */
  @FunctionalInterface
  public interface WithConstants<C> {
    Array[] apply(C constants, Array[] inputs);
  }

  static OfArrays arrays(Of1 f) {
    return in -> one(f.apply(in[0]));
  }

  static OfArrays arrays(Of2 f) {
    return in -> one(f.apply(in[0], in[1]));
  }

  static OfArrays arrays(Of3 f) {
    return in -> one(f.apply(in[0], in[1], in[2]));
  }

  static OfArrays arrays(Of4 f) {
    return in -> one(f.apply(in[0], in[1], in[2], in[3]));
  }

  private static Array[] one(Array a) {
    return new Array[] {a};
  }
}
