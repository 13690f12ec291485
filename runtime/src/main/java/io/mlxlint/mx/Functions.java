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

  /** The same function over an array of arrays; the transformations refuse another number of them. */
  public static OfArrays arrays(Of1 f) {
    return new Fixed(1, in -> one(f.apply(in[0])));
  }

  /** As {@link #arrays(Of1)}. */
  public static OfArrays arrays(Of2 f) {
    return new Fixed(2, in -> one(f.apply(in[0], in[1])));
  }

  /** As {@link #arrays(Of1)}. */
  public static OfArrays arrays(Of3 f) {
    return new Fixed(3, in -> one(f.apply(in[0], in[1], in[2])));
  }

  /** As {@link #arrays(Of1)}. */
  public static OfArrays arrays(Of4 f) {
    return new Fixed(4, in -> one(f.apply(in[0], in[1], in[2], in[3])));
  }

  /** A function that knows how many arrays it takes. */
  private record Fixed(int count, OfArrays function) implements OfArrays {
    @Override
    public Array[] apply(Array[] inputs) {
      return function.apply(inputs);
    }
  }

  /** Refuses a number of arrays that {@code function} does not take; {@code name} is the transformation. */
  static void requireCount(String name, OfArrays function, int given) {
    if (function instanceof Fixed fixed && fixed.count != given) {
      throw new IllegalArgumentException(name + ": the function takes " + fixed.count
          + (fixed.count == 1 ? " array, " : " arrays, ") + given
          + (given == 1 ? " is given" : " are given"));
    }
  }

  private static Array[] one(Array a) {
    return new Array[] {a};
  }
}
