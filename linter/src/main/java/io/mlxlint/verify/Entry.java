package io.mlxlint.verify;

import java.util.List;

/** A program to run: a {@code main} method, whatever its form, or a static method without parameters. */
public record Entry(String className, String method, List<String> arguments) {
  public Entry {
    arguments = List.copyOf(arguments);
  }

  public static Entry main(String className, List<String> arguments) {
    return new Entry(className, "main", arguments);
  }

  @Override
  public String toString() {
    return className + "." + method;
  }
}
