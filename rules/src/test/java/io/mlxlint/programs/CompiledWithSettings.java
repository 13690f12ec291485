package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.nn.Linear;

/** Compiled in a loop together with what is said of the function, which belongs to its compilation. */
final class CompiledWithSettings {
  private final Linear model = new Linear(3, 3);

  double declared(int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      Compiled f = MX.compile(x -> model.apply(x).tanh()).inputs(model); // expect: compile-in-loop
      sum += f.apply(MX.full(new int[] {2, 3}, i)).sum().item();
    }
    return sum;
  }

  double inPlace(int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += MX.compile(x -> model.apply(x).tanh()) // expect: compile-in-loop
          .inputs(model).shapeless().apply(MX.full(new int[] {2, 3}, i)).sum().item();
    }
    return sum;
  }

  double closed(int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      try (Compiled f = MX.compile(x -> model.apply(x).tanh()).inputs(model)) { // expect: compile-in-loop
        sum += f.apply(MX.full(new int[] {2, 3}, i)).sum().item();
      }
    }
    return sum;
  }

  double inTwoStatements(int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      Compiled f = MX.compile(x -> model.apply(x).tanh()); // expect: compile-in-loop
      f.inputs(model);
      sum += f.apply(MX.full(new int[] {2, 3}, i)).sum().item();
    }
    return sum;
  }

  double ofEachCall(int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += called(MX.full(new int[] {2, 3}, i));
    }
    return sum;
  }

  private double called(Array x) {
    Compiled f = MX.compile(a -> model.apply(a).tanh()).inputs(model); // expect: compile-in-loop
    return f.apply(x).sum().item();
  }

  public static void main(String[] args) {
    Random.seed(1);
    CompiledWithSettings all = new CompiledWithSettings();
    System.out.printf("%.4f %.4f %.4f %.4f %.4f%n", all.declared(3), all.inPlace(3), all.closed(3),
        all.inTwoStatements(3), all.ofEachCall(3));
  }
}
