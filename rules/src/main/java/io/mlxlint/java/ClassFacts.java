package io.mlxlint.java;

import io.mlxlint.model.Type;
import java.util.List;
import java.util.Optional;

/** What the resolver asks of a class, wherever it is known from. */
interface ClassFacts {

  /** Where a class is known from, which decides what a call of its methods means. */
  enum Origin { SOURCES, RUNTIME, LIBRARY }

  /** A type parameter and its first bound. */
  record Variable(String name, Type bound) {}

  /** The name with dots only: {@code java.util.Map.Entry}. */
  String name();

  /** The name with a dollar sign before a nested class. */
  String binaryName();

  Origin origin();

  boolean isInterface();

  List<Variable> typeParameters();

  /** The superclass, if there is one, and the interfaces, in terms of the type parameters. */
  List<Type> supertypes();

  /** Those declared here, without what is inherited; constructors are named {@code <init>}. */
  List<MethodFacts> methods(String name);

  /** All declared here that have no body. */
  List<MethodFacts> abstractMethods();

  Optional<FieldFacts> field(String name);
}
