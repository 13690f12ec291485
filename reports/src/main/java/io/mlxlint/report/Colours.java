package io.mlxlint.report;

/** Marks text for a terminal, or leaves it as it is. */
public enum Colours {
  ON, OFF;

  public String bold(String text) {
    return in("1", text);
  }

  public String red(String text) {
    return in("1;31", text);
  }

  public String yellow(String text) {
    return in("1;33", text);
  }

  public String green(String text) {
    return in("32", text);
  }

  public String cyan(String text) {
    return in("36", text);
  }

  private String in(String code, String text) {
    return this == OFF || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
  }
}
