package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Functions put together in loops, so that where one is made it may hold itself. */
final class FunctionsChainedInLoop {
  private FunctionsChainedInLoop() {}

  static Function<Array, Array> chain(List<Function<Array, Array>> parts) {
    Function<Array, Array> f = Function.identity();
    for (Function<Array, Array> p : parts) {
      f = f.andThen(p);
    }
    return f;
  }

  static Function<Array, Array> around(List<Function<Array, Array>> parts) {
    Function<Array, Array> f = Function.identity();
    for (int i = 0; i < parts.size(); i++) {
      f = i % 2 == 0 ? f.compose(parts.get(i)) : f.andThen(parts.get(i)).compose(MX::square);
    }
    return f;
  }

  @SafeVarargs
  static <T> Function<T, T> pipe(Function<T, T>... parts) {
    return Arrays.stream(parts).reduce(Function.identity(), Function::andThen);
  }

  public static void main(String[] args) {
    Array h = Random.normal(8, 8).astype(MX.float16);
    System.out.println(chain(List.of(x -> x.multiply(2.0), x -> x.tanh())).apply(h).sum());
    System.out.println(around(List.of(x -> x.multiply(2.0), x -> x.tanh())).apply(h).sum());
    Function<Array, Array> softmax = pipe((Array s) -> s.astype(MX.float16), s -> MX.softmax(s, -1));
    System.out.println(softmax.apply(h).sum());
    Function<Array, Array> same = Function.identity();
    Function<Array, Array> shifted = same.andThen(
        x -> x.add(MX.array(1.5))); // expect: scalar-array-upcast
    System.out.println(shifted.apply(h).sum());
  }
}
