package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Loops over classes of the program's own: what their iterators do is done in the loop. */
final class OwnBatches {

  /** Half-precision batches, made when they are asked for. */
  static final class Halves implements Iterable<Array> {
    private final Array rows = MX.full(new int[] {8, 4}, 0.5, MX.float16);

    @Override
    public Iterator<Array> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < 8;
        }

        @Override
        public Array next() {
          return rows.at(next++).tanh();
        }
      };
    }
  }

  /** Batches that are computed when they are handed out. */
  static final class Computed implements Iterable<Array> {
    private final Array rows = MX.ones(8, 4);

    @Override
    public Iterator<Array> iterator() {
      return new Walk();
    }

    private final class Walk implements Iterator<Array> {
      private int next;

      @Override
      public boolean hasNext() {
        return next < 8;
      }

      @Override
      public Array next() {
        if (next >= 8) {
          throw new NoSuchElementException("no batch is left");
        }
        Array batch = rows.at(next++).tanh();
        MX.eval(batch);
        return batch;
      }
    }
  }

  /** Which iterator it is depends on what was asked for. */
  record Either(boolean half) implements Iterable<Array> {
    @Override
    public Iterator<Array> iterator() {
      return half ? new Halves().iterator() : List.of(MX.ones(4)).iterator();
    }
  }

  static double upcast() {
    double sum = 0;
    for (Array batch : new Halves()) {
      sum += batch.multiply(MX.array(3.0)).sum().item(); // expect: scalar-array-upcast
    }
    return sum;
  }

  static double evaluatedTwice() {
    double sum = 0;
    for (Array batch : new Halves()) {
      MX.eval(batch); // expect: eval-per-intermediate
      sum += batch.multiply(3.0).sum().item();
    }
    return sum;
  }

  static double evaluatedOnce() {
    double sum = 0;
    for (Array batch : new Computed()) {
      sum += batch.multiply(MX.array(3.0)).sum().item();
    }
    return sum;
  }

  static double either(boolean half) {
    double sum = 0;
    for (Array batch : new Either(half)) {
      sum += batch.multiply(MX.array(3.0)).sum().item();
    }
    return sum;
  }

  public static void main(String[] args) {
    System.out.println(upcast() + " " + evaluatedTwice() + " " + evaluatedOnce());
    System.out.println(either(true) + " " + either(false));
  }
}
