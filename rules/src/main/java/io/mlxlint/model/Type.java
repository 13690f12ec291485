package io.mlxlint.model;

import java.util.List;

/** A declared type: its qualified name ({@code int}, {@code io.mlxlint.mx.Array}) and type arguments. */
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
}
