package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import java.util.List;

/** A projection that is not computed yet, handed to a compiled function as its input, or captured by it. */
final class InputsOfCompiled {
  private static Array projection(Array x) {
    Array basis = x.square().add(0.5);
    return basis.T().matmul(basis).divide(x.shape(0));
  }

  private static Array iterate(Compiled f, Array x) {
    for (int i = 0; i < 20; i++) {
      x = f.apply(x);
      MX.eval(x);
    }
    return x;
  }

  static Array asInput(Array x) {
    Array p = x.T().matmul(x).divide(8);
    Compiled project = MX.compile(a -> a.matmul(p).tanh()).inputs(p);
    return iterate(project, x);
  }

  static Array asInputLater(Array x) {
    Array p = projection(x);
    Compiled project = MX.compile(a -> a.matmul(p).tanh());
    project.inputs(List.of(p));
    return iterate(project, x);
  }

  /** One of them is an input. */
  static Array half(Array x) {
    Array p = projection(x);
    Array shift = x.mean(0).square();
    Compiled project = MX.compile(a -> a.matmul(p).add(shift).tanh()) // expect: lazy-capture
        .inputs(List.of(p));
    return iterate(project, x);
  }

  static Array captured(Array x) {
    Array p = projection(x);
    Compiled project = MX.compile(a -> a.matmul(p).tanh()); // expect: lazy-capture
    return iterate(project, x);
  }

  public static void main(String[] args) {
    Array x = MX.linspace(-1, 1, 64).reshape(8, 8);
    for (Array y : List.of(asInput(x), asInputLater(x), half(x), captured(x))) {
      System.out.println(y.sum().item());
    }
  }
}
