package io.mlxlint.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleNamesTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "void f(Array x) {                                                  | true",
      "void f(Array x) throws E { for (int i = 0; i < 3; i++) { g(i); }   | true",
      "void f() { Array x = g(1);                                         | true",
      "void f() { { Array x = g(1); }                                     | false",
      "void f() { for (Array x : all) {                                   | true",
      "void f() { for (Array x : all) { g(x); }                           | false",
      "void f() { for (Array x : all) g(x);                               | false",
      "void f() { for (Array x = a; g(x); x = g(x)) { h(); if (b) { c(); }| true",
      "void f() { for (Array x = a; g(x); x = g(x)) { h(); }              | false",
      "void f() { for (Array x : all) { g(x); } for (Array x : more) {    | true",
      "void f() { try (Array x = g(); Array y = h()) { g(x); } finally {  | false",
      "void f() { all.forEach((Array x) -> { g(x); });                    | false",
      "void f() { all.forEach((Array x) -> { g(x);                        | true",
      "void f() { g(2);                                                   | true"
  })
  void knowsWhatIsDeclared(String before, boolean isVisible) {
    assertThat(new VisibleNames(before).allow("MX.eval(x);")).isEqualTo(isVisible);
  }
}
