package io.mlxlint.op;

import java.util.Arrays;

/** Shape rules that several operations share. */
final class Shapes {

  private Shapes() {}

  /** As {@link Shape#broadcast}, with the operation's name in the message. */
  static Shape broadcast(String name, Shape... shapes) {
    Shape out = shapes[0];
    for (int i = 1; i < shapes.length; i++) {
      try {
        out = Shape.broadcast(out, shapes[i]);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + ": " + e.getMessage());
      }
    }
    return out;
  }

  /** A size that was computed, if a dimension can have it. */
  static int dim(String name, long size) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + ": no dimension can have " + size + " elements, only 0 to " + Integer.MAX_VALUE);
    }
    return (int) size;
  }

  /** The non-negative, sorted, distinct form of {@code axes}; {@code null} stands for all of them. */
  static int[] axes(String name, Shape shape, int[] axes) {
    int rank = shape.rank();
    boolean[] seen = new boolean[rank];
    if (axes == null) {
      Arrays.fill(seen, true);
    } else {
      for (int axis : axes) {
        int a = axis(name, shape, axis);
        if (seen[a]) {
          throw new IllegalArgumentException(name + ": axis " + axis + " is given twice for shape " + shape);
        }
        seen[a] = true;
      }
    }
    int[] out = new int[rank];
    int n = 0;
    for (int i = 0; i < rank; i++) {
      if (seen[i]) {
        out[n++] = i;
      }
    }
    return Arrays.copyOf(out, n);
  }

  static int axis(String name, Shape shape, int axis) {
    try {
      return shape.axis(axis);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage());
    }
  }

  /** The shape left when {@code axes} (normalised) are reduced. */
  static Shape reduced(Shape shape, int[] axes, boolean keepDims) {
    boolean[] gone = new boolean[shape.rank()];
    for (int a : axes) {
      gone[a] = true;
    }
    int[] out = new int[shape.rank()];
    int n = 0;
    for (int i = 0; i < shape.rank(); i++) {
      if (!gone[i]) {
        out[n++] = shape.dim(i);
      } else if (keepDims) {
        out[n++] = 1;
      }
    }
    return Shape.of(Arrays.copyOf(out, n));
  }
}
