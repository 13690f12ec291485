package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;

/** Rows kept in a local or read at once, in a loop over the rows of a table. */
final class RowsInLoops {
  private RowsInLoops() {}

  /** No fix: the row as a whole, read once per row, is the defect again. */
  static int byElement(Array m) {
    int n = 0;
    for (int i = 0; i < m.shape(0); i++) {
      Array row = m.at(i);
      for (int j = 0; j < m.shape(1); j++) {
        if (row.at(j).itemBoolean()) { // expect: host-read-in-loop
          n++;
        }
      }
    }
    return n;
  }

  static double byIterator(Array m) {
    double sum = 0;
    for (int i = 0; i < m.shape(0); i++) {
      for (Array x : m.at(i)) {
        sum += x.item(); // expect: host-read-in-loop
      }
    }
    return sum;
  }

  static int byRow(Array m) {
    int n = 0;
    for (int i = 0; i < m.shape(0); i++) {
      for (boolean isSet : m.at(i).toBooleanArray()) { // expect: host-read-in-loop
        n += isSet ? 1 : 0;
      }
    }
    return n;
  }

  /** A row that is made anew: the whole of it is what there is to read. */
  static double anew(int rounds) {
    double sum = 0;
    for (int i = 0; i < rounds; i++) {
      Array row = MX.arange(8).multiply(i);
      for (int j = 0; j < 8; j++) {
        double x = row.at(j).item(); // expect: host-read-in-loop
        sum += x * j;
      }
    }
    return sum;
  }

  static int atOnce(Array m) {
    int n = 0;
    for (boolean isSet : m.toBooleanArray()) {
      n += isSet ? 1 : 0;
    }
    return n;
  }

  public static void main(String[] args) {
    Array m = MX.eye(12);
    System.out.println(byElement(m) + " " + byIterator(m) + " " + byRow(m) + " " + atOnce(m));
    System.out.println(anew(4));
  }
}
