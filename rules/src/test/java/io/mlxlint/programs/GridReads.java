package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** A grid that is drawn as text, cell by cell and as a whole. */
final class GridReads {
  private final Array grid;

  GridReads(int n) {
    grid = Random.bernoulli(0.4, n, n).astype(MX.int32);
  }

  String cellByCell() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < grid.shape(0); row++) {
      for (int column = 0; column < grid.shape(1); column++) {
        text.append(grid.at(row, column).itemInt() == 1 ? '#' : '.'); // expect: host-read-in-loop
      }
      text.append('\n');
    }
    return text.toString();
  }

  String atOnce() {
    int[] cells = grid.toIntArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      text.append(cells[i] == 1 ? '#' : '.').append((i + 1) % grid.shape(1) == 0 ? "\n" : "");
    }
    return text.toString();
  }

  /** The game goes on; each generation is new, and one number of it is read. */
  int generations(int limit) {
    Array now = grid;
    for (int i = 0; i < limit; i++) {
      Array neighbours = now.negative();
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          neighbours = neighbours.add(MX.roll(MX.roll(now, dy, 0), dx, 1));
        }
      }
      Array born = neighbours.equal(3);
      Array stays = neighbours.equal(2).logicalAnd(now.equal(1));
      now = born.logicalOr(stays).astype(MX.int32);
      long alive = now.sum().itemLong();
      if (alive == 0) {
        return i;
      }
    }
    return limit;
  }

  /** Two corners: not a loop over elements worth the name. */
  int corners() {
    int sum = 0;
    for (int i = 0; i < 2; i++) {
      sum += grid.at(i).at(0).itemInt();
    }
    return sum;
  }

  /** The search stops at the first hit. */
  int firstFull() {
    Array sums = grid.sum(1);
    for (int row = 0; row < sums.shape(0); row++) {
      if (sums.at(row).itemInt() == grid.shape(1)) {
        return row;
      }
    }
    return -1;
  }

  public static void main(String[] args) {
    GridReads game = new GridReads(24);
    System.out.println(game.cellByCell().equals(game.atOnce()) + " " + game.generations(100));
    System.out.println(game.corners() + game.firstFull() + game.grid.at(Index.to(2)).shape(0));
  }
}
