package io.mlxlint.java;

/** Finds where brackets nest deepest, to point at it. */
final class Nesting {
  private Nesting() {}

  static int deepestLine(SourceFile file) {
    String text = file.text();
    int depth = 0;
    int deepest = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        default -> { }
      }
      if (depth > deepest) {
        deepest = depth;
        at = i;
      }
    }
    return file.line(at);
  }
}
