package io.mlxlint.rule;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Can a line be inserted behind {@code before}, the code of the method up to there? What a value is called
 * may be declared in a block that is closed again.
 *
 * @param before without comments and literals of characters
 */
record VisibleNames(String before) {
  /** A variable, and neither a field of something, a call, a type, nor the name of a lambda's parameter. */
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[a-z]\\w*+(?!\\s*(?:\\(|->))");

  /** {@code Array x =}, {@code Array x;}, {@code (Array x)} */
  private static final String DECLARED = "[\\w>\\]]\\s+(?<!\\b(?:return|yield|throw|case|else|new)\\s{1,9})";

  boolean allow(String line) {
    String code = Sources.code(line);
    return NAME.matcher(code).results().map(MatchResult::group).distinct()
        .filter(name -> !isDeclared(name, code)).allMatch(this::isVisible);
  }

  /** Does the line itself declare it, as a variable or parameter? */
  private static boolean isDeclared(String name, String line) {
    return Pattern.compile(DECLARED + name + "\\b|\\([^()]*\\b" + name + "\\b[^()]*\\)\\s*->").matcher(line)
        .find();
  }

  /** A name that is declared nowhere before is a field, or declared by the same fix. */
  private boolean isVisible(String name) {
    List<Integer> declared = Pattern.compile(DECLARED + name + "\\s*[=;,:)]").matcher(before).results()
        .map(m -> m.end() - 1).toList();
    return declared.isEmpty() || declared.stream().anyMatch(this::isOpen);
  }

  /**
   * Is the block still open that is so at this place? What stands in parentheses, as in the header of a loop,
   * belongs to the block or statement behind them.
   */
  private boolean isOpen(int from) {
    int blocks = 0;
    int parentheses = 0;
    boolean isOfHeader = false;
    for (int i = from; i < before.length(); i++) {
      char c = before.charAt(i);
      blocks += c == '{' ? 1 : c == '}' ? -1 : 0;
      parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (parentheses < 0) {
        isOfHeader = true;
        parentheses = 0;
      }
      boolean ends = blocks == 0 && parentheses == 0 && (c == '}' || c == ';');
      if (blocks < 0 || isOfHeader && ends) {
        return false;
      }
    }
    return true;
  }
}
