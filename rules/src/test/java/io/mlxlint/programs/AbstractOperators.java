package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.function.UnaryOperator;

/** Operators that share an abstract class, which leaves {@code apply} to those below it. */
final class AbstractOperators {
  private AbstractOperators() {}

  abstract static class Operator implements UnaryOperator<Array> {}

  static final class Shift extends Operator {
    @Override public Array apply(Array x) {
      return x.add(MX.array(1.1)); // expect: scalar-array-upcast
    }
  }

  abstract static class Exact implements UnaryOperator<Array> {
    abstract String title();
  }

  /** Only ever given float32. */
  static final class Lift extends Exact {
    @Override public Array apply(Array x) {
      return x.add(MX.array(1.1));
    }

    @Override String title() {
      return "lift";
    }
  }

  static Array one(Array x, Operator operator) {
    return operator.apply(x);
  }

  static Array two(Array x, Exact operator) {
    System.out.println(operator.title());
    return operator.apply(operator.apply(x));
  }

  public static void main(String[] args) {
    Array x = Random.uniform(4, 8);
    System.out.println(one(x.astype(MX.float16), new Shift()).sum());
    System.out.println(two(x, new Lift()).sum());
  }
}
