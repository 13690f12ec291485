package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Generic stages, sealed results and lambdas around arrays that stay float32. */
final class GenericPipeline {

  sealed interface Outcome<T> permits Value, Failure {}

  record Value<T>(T value) implements Outcome<T> {}

  record Failure<T>(String reason) implements Outcome<T> {}

  static final class Pipeline<A, B> {
    private final Function<A, Outcome<B>> run;

    Pipeline(Function<A, Outcome<B>> run) {
      this.run = run;
    }

    <C> Pipeline<A, C> then(Function<B, C> stage) {
      return new Pipeline<>(a -> switch (run.apply(a)) {
        case Value<B>(B b) -> new Value<>(stage.apply(b));
        case Failure<B>(String reason) -> new Failure<>(reason);
      });
    }

    Outcome<B> apply(A a) {
      return run.apply(a);
    }
  }

  private static UnaryOperator<Array> normalise(double eps) {
    return x -> x.subtract(x.mean()).divide(x.var().add(eps).sqrt());
  }

  public static void main(String[] args) {
    Pipeline<Array, Array> pipeline = new Pipeline<Array, Array>(x ->
        x.ndim() == 2 ? new Value<>(x) : new Failure<>("not a matrix"))
        .then(normalise(1e-5))
        .then(x -> x.multiply(MX.array(0.5)))
        .then(Array::tanh);
    List<Array> kept = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      switch (pipeline.apply(Random.normal(8, 8))) {
        case Value<Array>(Array y) -> {
          MX.eval(y);
          kept.add(y);
        }
        case Failure<Array>(String reason) -> System.err.println(reason);
      }
    }
    System.out.println(MX.stack(kept, 0).mean().item());
  }
}
