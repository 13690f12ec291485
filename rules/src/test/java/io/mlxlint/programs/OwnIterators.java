package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Iterator;

/** Elements and rows handed out by the program's own iterators, cursors and accessors. */
final class OwnIterators {

  /** Goes over the first axis of an array. */
  static final class Rows implements Iterator<Array> {
    private final Array data;
    private int next;

    Rows(Array data) {
      this.data = data;
    }

    @Override
    public boolean hasNext() {
      return next < data.shape(0);
    }

    @Override
    public Array next() {
      return data.at(next++);
    }
  }

  /** What can be gone over again. */
  record Table(Array data) implements Iterable<Array> {
    @Override
    public Iterator<Array> iterator() {
      return new Rows(data);
    }

    Array cell(int i) {
      return data.at(i);
    }

    /** A sum of many, computed as a whole. */
    Array upTo(int i) {
      return data.less(data.at(i)).sum();
    }
  }

  /** Makes something new each time. */
  static final class Draws implements Iterator<Array> {
    private int left = 5;

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public Array next() {
      left--;
      return Random.normal(16).square().sum();
    }
  }

  private final Array values;
  private int position;

  OwnIterators(Array values) {
    this.values = values;
  }

  private double read() {
    return values.at(position++).item(); // expect: host-read-in-loop "per call"
  }

  private void skip() {
    position++;
  }

  private Array all() {
    return values;
  }

  double byHand() {
    double sum = 0;
    Rows rows = new Rows(values);
    while (rows.hasNext()) {
      sum += rows.next().item(); // expect: host-read-in-loop
    }
    Iterator<Array> again = new Table(values).iterator();
    while (again.hasNext()) {
      Array x = again.next();
      sum += 2 * x.item(); // expect: host-read-in-loop
    }
    for (Array x : new Table(values)) {
      sum += 3 * x.item(); // expect: host-read-in-loop
    }
    return sum;
  }

  double byCursor() {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += read();
    }
    while (position < values.shape(0)) {
      sum += values.at(position).item(); // expect: host-read-in-loop
      skip();
    }
    return sum;
  }

  private static Array scaled(Array x) {
    return x.multiply(2).tanh();
  }

  double byAccessor(Table table) {
    double sum = 0;
    for (int i = 0; i < values.shape(0); i++) {
      sum += all().at(i).item(); // expect: host-read-in-loop
    }
    for (int i = 0; i < values.shape(0); i++) {
      sum += table.cell(i).item(); // expect: host-read-in-loop
    }
    for (int i = 0; i < values.shape(0); i++) {
      sum += scaled(values).at(i).item(); // expect: host-read-in-loop
    }
    return sum;
  }

  /** One value is computed for each and read: nothing to be read at once. */
  static double computed(Table table) {
    double sum = 0;
    Draws draws = new Draws();
    while (draws.hasNext()) {
      sum += draws.next().item();
    }
    for (int i = 0; i < 8; i++) {
      sum += table.upTo(i).item();
    }
    return sum;
  }

  public static void main(String[] args) {
    Array values = MX.arange(0.0, 8.0, 1.0).sin();
    OwnIterators own = new OwnIterators(values);
    System.out.printf("%.4f %.4f %.4f%n", own.byHand(), own.byCursor(), own.byAccessor(new Table(values)));
    System.out.println(computed(new Table(values)) > 0);
  }
}
