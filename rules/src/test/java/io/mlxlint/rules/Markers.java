package io.mlxlint.rules;

import io.mlxlint.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a source expects of the linter: {@code // expect: name, other "part of the message"} and
 * {@code // infer: x float16}. Behind code it is about that line, on a line of its own about the next.
 */
final class Markers {
  private static final Pattern EXPECT = Pattern.compile("// expect: (.*)$");
  private static final Pattern INFER = Pattern.compile("// infer: (\\w+) (\\w+)\\s*$");
  private static final Pattern ITEM = Pattern.compile("([a-z0-9-]+)(?:\\s+\"([^\"]*)\")?");

  /** A finding that must be there. */
  record Expected(int line, String rule, Optional<String> part) {
    boolean fits(Finding f) {
      return f.span().line() == line && f.rule().equals(rule) && part.filter(p -> !f.message().contains(p))
          .isEmpty();
    }
  }

  /** A dtype that the analysis must know; {@code unknown} where it must not. */
  record Inferred(int line, String name, String dtype) {}

  private Markers() {}

  static List<Expected> expected(String source) {
    List<Expected> out = new ArrayList<>();
    each(EXPECT, source, (line, m) -> {
      Matcher item = ITEM.matcher(m.group(1));
      while (item.find()) {
        out.add(new Expected(line, item.group(1), Optional.ofNullable(item.group(2))));
      }
    });
    return out;
  }

  static List<Inferred> inferred(String source) {
    List<Inferred> out = new ArrayList<>();
    each(INFER, source, (line, m) -> out.add(new Inferred(line, m.group(1), m.group(2))));
    return out;
  }

  /** The source without its markers. */
  static String strip(String source) {
    return source.replaceAll("(?m)^\\s*// (expect|infer): .*\\R", "")
        .replaceAll("(?m)\\s*// (expect|infer): .*$", "");
  }

  private interface Found {
    void at(int line, Matcher match);
  }

  private static void each(Pattern pattern, String source, Found found) {
    String[] lines = source.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher m = pattern.matcher(lines[i]);
      if (m.find()) {
        found.at(lines[i].substring(0, m.start()).isBlank() ? i + 2 : i + 1, m);
      }
    }
  }
}
