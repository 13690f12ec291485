package io.mlxlint.model;

import io.mlxlint.finding.Finding.MethodRef;
import java.util.List;

/** What a call may reach. */
public sealed interface Target {

  /** Methods of the linted sources: one, or several if the receiver's class leaves a choice. */
  record Methods(List<MethodRef> candidates) implements Target {
    public Methods {
      candidates = List.copyOf(candidates);
    }
  }

  /** A method of the array runtime that is no operation; its summary ships with the linter. */
  record Runtime(MethodRef method) implements Target {}

  /** A method of the JDK or the class path, known by name only. */
  record Library(String className, String name) implements Target {}

  /** A functional value is invoked ({@code f.apply(x)}); the value is the receiver. */
  record Functional(String name) implements Target {}

  /** Not resolved: may do anything with its arguments. */
  record Unknown(String name) implements Target {}
}
