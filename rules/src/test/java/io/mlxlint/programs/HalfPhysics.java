package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** A grid of temperatures in float16, with constants that float16 can and cannot hold. */
final class HalfPhysics {
  private static final double BOLTZMANN = 1.380649e-23;
  private static final double LIGHT = 299_792_458.0;
  private static final double GRAVITY = 9.81;

  private final Array grid;

  HalfPhysics(int side) {
    grid = Random.uniform(0, 1, new int[] {side, side}, MX.float16, null);
  }

  /** Float16 has no such numbers: the array keeps what a plain number would lose. */
  Array energies() {
    return grid.multiply(MX.array(BOLTZMANN));
  }

  Array lightYears() {
    return grid.multiply(MX.array(LIGHT));
  }

  Array forces() {
    return grid.multiply(MX.array(GRAVITY)); // expect: scalar-array-upcast
  }

  /** Neighbours by shifted copies. */
  private static Array laplacian(Array u) {
    Array sum = MX.roll(u, 1, 0).add(MX.roll(u, -1, 0)).add(MX.roll(u, 1, 1)).add(MX.roll(u, -1, 1));
    return sum.subtract(u.multiply(4));
  }

  Array relaxed(int steps, double rate) {
    Array u = grid;
    for (int i = 0; i < steps; i++) {
      u = u.add(laplacian(u).multiply(rate));
      u.set(1.0, 0);
      u.set(MX.zeros(u.shape(1)), -1);
      MX.eval(u);
    }
    return u;
  }

  /** Whole numbers, as arrays and as ranges, never widen. */
  Array indexed() {
    Array rows = MX.arange(grid.shape(0)).expandDims(-1);
    return grid.multiply(rows).add(MX.array(3)).subtract(MX.array(2L)).multiply(MX.full(new int[] {1}, 7));
  }

  /** Borders taken out, put back, and added at places. */
  Array bordered(Array border) {
    Array inner = grid.at(Index.slice(1, -1), Index.slice(1, -1));
    Array out = grid.multiply(1);
    out.set(inner.astype(MX.float32).multiply(MX.array(0.5)), Index.slice(1, -1), Index.slice(1, -1));
    return out.atAdd(border, 0);
  }

  /** Sums of many cells are taken in float32. */
  double total() {
    return grid.astype(MX.float32).multiply(MX.array(1e-3)).sum().item();
  }

  public static void main(String[] args) {
    HalfPhysics physics = new HalfPhysics(16);
    System.out.println(physics.energies().dtype() + " " + physics.lightYears().dtype() + " "
        + physics.forces().dtype());
    System.out.println(physics.relaxed(4, 0.1).dtype() + " " + physics.indexed().dtype());
    System.out.println(physics.bordered(MX.ones(16)).dtype() + " " + physics.total());
  }
}
