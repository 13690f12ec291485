package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A key-value cache in pages; pages are written in place and read as one. */
final class PagedCache {
  private static final int PAGE = 8;
  private static final int WIDTH = 16;

  /** One page. */
  private static final class Page {
    private Array rows = MX.zeros(PAGE, WIDTH);
    private int used;

    boolean isFull() {
      return used == PAGE;
    }

    void put(Array row) {
      rows.set(row, used++);
    }
  }

  private final Deque<Page> pages = new ArrayDeque<>();
  private Array positions = MX.zeros(MX.int32, 1);

  void append(Array row) {
    if (pages.isEmpty() || pages.getLast().isFull()) {
      pages.addLast(new Page());
    }
    pages.getLast().put(row);
    positions = positions.add(1L); // expect: unevaluated-loop-state
  }

  Array all() {
    List<Array> parts = new ArrayList<>();
    for (Page page : pages) {
      parts.add(page.rows.at(Index.slice(0, page.used)));
    }
    return MX.concatenate(parts, 0);
  }

  /** Reads the token each time, which reaches all pages but not the counter. */
  static int[] decode(int steps) {
    PagedCache cache = new PagedCache();
    Array table = Random.normal(20, WIDTH);
    MX.eval(table);
    int token = 1;
    int[] out = new int[steps];
    for (int i = 0; i < steps; i++) {
      cache.append(table.at(token));
      Array keys = cache.all();
      Array weights = MX.softmax(keys.matmul(table.at(token)), -1);
      Array logits = table.matmul(weights.matmul(keys));
      token = logits.argmax().itemInt();
      out[i] = token;
    }
    return out;
  }

  public static void main(String[] args) {
    System.out.println(Arrays.toString(decode(30)));
  }
}
