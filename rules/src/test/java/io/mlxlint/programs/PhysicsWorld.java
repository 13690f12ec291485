package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;

/** A world of particles; entities update themselves. */
final class PhysicsWorld {

  /** Something that moves. */
  static class Body {
    protected Array position;
    protected Array velocity;

    Body(int n) {
      position = Random.normal(n, 2);
      velocity = MX.zeros(n, 2);
    }

    void move(double dt) {
      velocity = velocity.subtract(position.multiply(dt));
      position = position.add(velocity.multiply(dt));
    }
  }

  /** Remembers how far it went. */
  static final class Traveller extends Body {
    private Array distance = MX.array(0.0);

    Traveller(int n) {
      super(n);
    }

    @Override
    void move(double dt) {
      Array before = position;
      super.move(dt);
      distance = distance.add(position.subtract(before).abs().sum()); // expect: unevaluated-loop-state
    }

    double distance() {
      return distance.item();
    }
  }

  private final List<Body> bodies = new ArrayList<>();
  private double time;

  void add(Body body) {
    bodies.add(body);
  }

  void tick(double dt) {
    bodies.forEach(b -> b.move(dt));
    for (Body body : bodies) {
      MX.eval(body.position, body.velocity);
    }
    time += dt;
  }

  void run(double until) {
    while (time < until) {
      tick(0.01);
    }
  }

  public static void main(String[] args) {
    PhysicsWorld world = new PhysicsWorld();
    Traveller traveller = new Traveller(16);
    world.add(traveller);
    world.add(new Body(32));
    world.run(2);
    System.out.println(traveller.distance());
  }
}
