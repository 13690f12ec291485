package io.mlxlint.rule;

import io.mlxlint.finding.Lines;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts that are linted, and what is called how in them; each is looked through once. */
final class Sources {
  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile("//.*|(?s:/\\*.*?\\*/)|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\[^']+|[^'\\\\])'");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*+(?!\\s*\\()");
  private static final Pattern HEAD =
      Pattern.compile("^\\s*((?:import|package) [^;]*?)\\s*;", Pattern.MULTILINE);

  private final Map<Path, String> texts;
  private final Map<Path, Lines> lines = new HashMap<>();
  private final Map<Path, Set<String>> variables = new HashMap<>();
  private final Map<Path, Set<String>> heads = new HashMap<>();

  Sources(Map<Path, String> texts) {
    this.texts = texts;
  }

  String text(Path path) {
    return texts.get(path);
  }

  Lines lines(Path path) {
    return lines.computeIfAbsent(path, p -> new Lines(text(p)));
  }

  /** Is anything but a method called so? */
  boolean isTaken(Path path, String name) {
    return variables.computeIfAbsent(path, p -> all(NAME, code(text(p)), 0))
        .contains(name);
  }

  /** The comments of a text that begins outside of one. */
  static List<String> comments(String text) {
    return COMMENT_OR_TEXT.matcher(text).results().map(MatchResult::group).filter(t -> t.startsWith("/"))
        .toList();
  }

  /** A text that begins outside of a comment, without comments and literals of characters. */
  static String code(String text) {
    return COMMENT_OR_TEXT.matcher(text).replaceAll("");
  }

  /** Does the file have this import or package declaration, written without its semicolon? */
  boolean declares(Path path, String declaration) {
    return heads.computeIfAbsent(path, p -> all(HEAD, text(p), 1)).contains(declaration);
  }

  private static Set<String> all(Pattern pattern, String text, int group) {
    Set<String> found = new HashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(group));
    }
    return found;
  }
}
