package io.mlxlint.java;

import io.mlxlint.model.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Arithmetic on declared types. A type parameter is named {@code #T} until it is bound. */
final class Types {
  static final Type STRING = Type.of("java.lang.String");
  static final Type OBJECT = Type.of("java.lang.Object");
  static final Type BOOLEAN = Type.of("boolean");
  static final Type INT = Type.of("int");
  static final Type NULL = Type.of("null");

  private Types() {}

  static Type variable(String name) {
    return Type.of("#" + name);
  }

  static boolean isVariable(Type type) {
    return type.name().startsWith("#") && !type.isJavaArray();
  }

  /** True if no type parameter is in it. */
  static boolean isGround(Type type) {
    if (isVariable(type)) {
      return false;
    }
    for (Type a : type.arguments()) {
      if (!isGround(a)) {
        return false;
      }
    }
    return true;
  }

  static Type substitute(Type type, Map<String, Type> bound) {
    if (isVariable(type)) {
      return bound.getOrDefault(type.name(), type);
    }
    if (isGround(type)) {
      return type;
    }
    List<Type> arguments = type.arguments().stream().map(a -> substitute(a, bound)).toList();
    if (type.isJavaArray()) {
      return Type.arrayOf(arguments.getFirst());
    }
    return arguments.equals(type.arguments()) ? type : new Type(type.name(), arguments);
  }

  /** Without type parameters: what was not bound is unknown. */
  static Type ground(Type type) {
    if (isVariable(type)) {
      return Type.UNKNOWN;
    }
    if (isGround(type)) {
      return type;
    }
    List<Type> arguments = type.arguments().stream().map(Types::ground).toList();
    return type.isJavaArray() ? Type.arrayOf(arguments.getFirst()) : new Type(type.name(), arguments);
  }

  static boolean isPrimitive(Type type) {
    return type.isNumber() || type.equals(BOOLEAN);
  }

  /** {@code Integer} for {@code int}; anything else is itself. */
  static Type boxed(Type type) {
    return switch (type.name()) {
      case "int" -> Type.of("java.lang.Integer");
      case "char" -> Type.of("java.lang.Character");
      case "boolean", "byte", "short", "long", "float", "double" -> Type.of(
          "java.lang." + Character.toUpperCase(type.name().charAt(0)) + type.name().substring(1));
      default -> type;
    };
  }

  /** {@code int} for {@code Integer}; anything else is itself. */
  static Type unboxed(Type type) {
    return switch (type.name()) {
      case "java.lang.Integer" -> INT;
      case "java.lang.Character" -> Type.of("char");
      case "java.lang.Boolean" -> BOOLEAN;
      case "java.lang.Byte" -> Type.of("byte");
      case "java.lang.Short" -> Type.of("short");
      case "java.lang.Long" -> Type.of("long");
      case "java.lang.Float" -> Type.of("float");
      case "java.lang.Double" -> Type.of("double");
      default -> type;
    };
  }

  /** The type of {@code a + b} on numbers. */
  static Type promoted(Type a, Type b) {
    Type left = unboxed(a);
    Type right = unboxed(b);
    if (!left.isNumber() || !right.isNumber()) {
      return Type.UNKNOWN;
    }
    for (String wide : List.of("double", "float", "long")) {
      if (left.name().equals(wide) || right.name().equals(wide)) {
        return Type.of(wide);
      }
    }
    return INT;
  }

  /** Its size rank among the primitive numbers; a number widens to one of a higher rank. */
  static int rank(Type type) {
    return switch (type.name()) {
      case "byte" -> 1;
      case "short", "char" -> 2;
      case "int" -> 3;
      case "long" -> 4;
      case "float" -> 5;
      case "double" -> 6;
      default -> 0;
    };
  }

  /** True if the type is a lazy array or a container of them. */
  static boolean holdsArray(Type type) {
    return type.isArray() || type.arguments().stream().anyMatch(Types::holdsArray);
  }

  /** Reads {@code java.util.Map<java.lang.String,io.mlxlint.mx.Array[]>}; a wildcard stands for its bound. */
  static Type parse(String text) {
    return new Reader(text).type();
  }

  /** The text that {@link #parse} reads. */
  static String print(Type type) {
    if (type.isJavaArray()) {
      return print(type.element()) + "[]";
    }
    return type.arguments().isEmpty() ? type.name()
        : type.name() + "<" + String.join(",", type.arguments().stream().map(Types::print).toList()) + ">";
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Type type() {
      int start = at;
      while (at < text.length() && "<>,[".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String name = text.substring(start, at);
      Type read;
      if (at < text.length() && text.charAt(at) == '<') {
        List<Type> arguments = new ArrayList<>();
        do {
          at++;
          arguments.add(type());
        } while (text.charAt(at) == ',');
        at++;
        read = new Type(name, arguments);
      } else {
        read = Type.of(name);
      }
      while (at < text.length() && text.charAt(at) == '[') {
        at += 2;
        read = Type.arrayOf(read);
      }
      return read;
    }
  }
}
