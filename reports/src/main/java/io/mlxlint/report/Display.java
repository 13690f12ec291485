package io.mlxlint.report;

/** How wide text is on a terminal, and text that is safe to show on one. */
final class Display {
  static final int TAB = 4;

  private Display() {}

  /** The text on one line, with control characters and direction overrides made visible. */
  static String clean(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> shown.appendCodePoint(isUnsafe(c) ? 0xFFFD : c));
    return shown.toString();
  }

  /** The text with each tab as the spaces up to the next stop; {@code column} is where the text begins. */
  static String expand(String text, int column) {
    StringBuilder shown = new StringBuilder(text.length() + 8);
    int at = column;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\t') {
        int spaces = TAB - at % TAB;
        shown.repeat(' ', spaces);
        at += spaces;
      } else {
        shown.appendCodePoint(isUnsafe(c) ? 0xFFFD : c);
        at += width(c);
      }
    }
    return shown.toString();
  }

  /** Columns that the text, without tabs, takes. */
  static int width(String text) {
    return text.codePoints().map(Display::width).sum();
  }

  private static int width(int c) {
    if (c < 0x300) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT && !isUnsafe(c)) {
      return 0;
    }
    return isWide(c) ? 2 : 1;
  }

  private static boolean isWide(int c) {
    return Character.isIdeographic(c) || Character.isEmojiPresentation(c)
        || c >= 0x1100 && c <= 0x115F // Hangul initials
        || c >= 0x3000 && c <= 0x30FF // CJK punctuation, kana
        || c >= 0xAC00 && c <= 0xD7A3 // Hangul syllables
        || c >= 0xFF01 && c <= 0xFF60 // full-width forms
        || c >= 0xFFE0 && c <= 0xFFE6;
  }

  private static boolean isUnsafe(int c) {
    return Character.isISOControl(c) || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069
        || c >= 0xD800 && c <= 0xDFFF;
  }
}
