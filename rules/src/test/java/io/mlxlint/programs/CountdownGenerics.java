package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;

/** A generic iteration with a state type; the states take care of themselves. */
final class CountdownGenerics {

  interface State<S extends State<S>> {
    S next();

    void settle();

    double energy();
  }

  /** A chain of springs. */
  record Chain(Array position, Array velocity) implements State<Chain> {
    @Override
    public Chain next() {
      Array pull = MX.roll(position, 1).add(MX.roll(position, -1)).subtract(position.multiply(2.0));
      Array v = velocity.add(pull.multiply(0.05));
      return new Chain(position.add(v.multiply(0.05)), v);
    }

    @Override
    public void settle() {
      MX.eval(position, velocity);
    }

    @Override
    public double energy() {
      return velocity.square().sum().add(position.square().sum()).item();
    }
  }

  /** Heat on a ring. */
  record Ring(Array heat, double rate) implements State<Ring> {
    @Override
    public Ring next() {
      Array around = MX.roll(heat, 1).add(MX.roll(heat, -1));
      return new Ring(heat.multiply(1 - 2 * rate).add(around.multiply(rate)), rate);
    }

    @Override
    public void settle() {
      MX.eval(heat);
    }

    @Override
    public double energy() {
      return heat.square().sum().item();
    }
  }

  static <S extends State<S>> S run(S start, int steps) {
    S state = start;
    for (int i = 0; i < steps; i++) {
      state = state.next();
      state.settle();
    }
    return state;
  }

  /** Until it is calm; the energy decides. */
  static <S extends State<S>> int calm(S start, double limit) {
    S state = start;
    int steps = 0;
    while (state.energy() > limit && steps < 500) {
      state = state.next();
      steps++;
    }
    return steps;
  }

  public static void main(String[] args) {
    Chain chain = run(new Chain(Random.normal(64), MX.zeros(64)), 300);
    Ring ring = run(new Ring(Random.normal(64), 0.2), 300);
    System.out.println(chain.energy() + ring.energy() + calm(new Ring(Random.normal(64), 0.2), 5));
  }
}
