package io.mlxlint.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A declared type: its qualified name ({@code int}, {@code io.mlxlint.mx.Array}) and type arguments. A Java
 * array is named {@code float[]} and has its element type as the one argument.
 */
public record Type(String name, List<Type> arguments) {
  public static final Type UNKNOWN = new Type("?", List.of());
  public static final Type VOID = new Type("void", List.of());
  public static final Type ARRAY = new Type("io.mlxlint.mx.Array", List.of());

  public Type {
    arguments = List.copyOf(arguments);
  }

  public static Type of(String name) {
    return new Type(name, List.of());
  }

  /** The Java array of this element type. */
  public static Type arrayOf(Type element) {
    return new Type(element.name + "[]", List.of(element));
  }

  public boolean isJavaArray() {
    return name.endsWith("[]");
  }

  /** What a Java array holds. */
  public Type element() {
    return arguments.getFirst();
  }

  /** A lazy array. */
  public boolean isArray() {
    return equals(ARRAY);
  }

  public boolean isUnknown() {
    return equals(UNKNOWN);
  }

  /** A Java primitive number: a weak scalar beside an array. */
  public boolean isNumber() {
    return isIntegral() || name.equals("float") || name.equals("double");
  }

  public boolean isIntegral() {
    return switch (name) {
      case "byte", "short", "int", "long", "char" -> true;
      default -> false;
    };
  }

  /** As in the source, with simple names: {@code List<Array>}. */
  @Override
  public String toString() {
    if (isJavaArray()) {
      return element() + "[]";
    }
    String simple = name.substring(name.lastIndexOf('.') + 1);
    return arguments.isEmpty() ? simple
        : simple + arguments.stream().map(Type::toString).collect(Collectors.joining(", ", "<", ">"));
  }
}
