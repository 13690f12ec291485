package io.mlxlint.fix;

import io.mlxlint.finding.Edit;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** What edits do to texts, and which of them can be made together. */
public final class Edits {
  private static final NavigableMap<Integer, Edit> NONE = Collections.emptyNavigableMap();

  private record Declared(Path path, Optional<MethodRef> method, String name) {}

  private Edits() {}

  /**
   * The fixes that can be made together, the first ones first. A fix is taken whole or not at all; one that
   * touches another, or declares the same variable in the same method, waits, because the next round sees the
   * code as the other has left it.
   */
  static List<Finding> together(List<Finding> fixable) {
    List<Finding> taken = new ArrayList<>();
    Map<Path, NavigableMap<Integer, Edit>> edits = new HashMap<>();
    Set<Declared> declared = new HashSet<>();
    for (Finding finding : fixable) {
      List<Edit> own = finding.fix().orElseThrow().edits();
      List<Declared> names = finding.fix().get().names().stream()
          .map(name -> new Declared(finding.span().path(), finding.method(), name)).toList();
      if (names.stream().noneMatch(declared::contains)
          && own.stream().noneMatch(edit -> collides(edit, edits.getOrDefault(edit.span().path(), NONE)))) {
        taken.add(finding);
        declared.addAll(names);
        own.forEach(e -> edits.computeIfAbsent(e.span().path(), p -> new TreeMap<>())
            .put(e.span().start(), e));
      }
    }
    return taken;
  }

  /**
   * Of the edits that are taken, by their start, only the last ones that begin before this one ends can
   * collide.
   */
  private static boolean collides(Edit edit, NavigableMap<Integer, Edit> taken) {
    var before = taken.floorEntry(edit.span().end());
    while (before != null && before.getValue().span().end() >= edit.span().start()) {
      if (collide(edit, before.getValue())) {
        return true;
      }
      before = taken.lowerEntry(before.getKey());
    }
    return false;
  }

  /** Whether the edits of one fix lie in these texts and leave each other alone. */
  static boolean fit(List<Edit> edits, Map<Path, String> texts) {
    for (int i = 0; i < edits.size(); i++) {
      Span span = edits.get(i).span();
      String text = texts.get(span.path());
      if (text == null || span.start() < 0 || span.end() < span.start() || span.end() > text.length()) {
        return false;
      }
      for (Edit other : edits.subList(0, i)) {
        if (overlap(span, other.span())) {
          return false;
        }
      }
    }
    return !edits.isEmpty();
  }

  /** The texts after the fixes, of which no two collide. */
  public static Map<Path, String> apply(List<Finding> fixes, Map<Path, String> texts) {
    Map<Path, List<Edit>> byPath = new HashMap<>();
    for (Finding finding : fixes) {
      for (Edit edit : finding.fix().orElseThrow().edits()) {
        byPath.computeIfAbsent(edit.span().path(), p -> new ArrayList<>()).add(edit);
      }
    }
    Map<Path, String> after = new HashMap<>(texts);
    byPath.forEach((path, edits) -> after.put(path, apply(texts.get(path), edits)));
    return after;
  }

  private static String apply(String text, List<Edit> edits) {
    // the sort is stable: several insertions of one fix at one place keep their order
    edits.sort(Comparator.comparingInt((Edit e) -> e.span().start()).thenComparingInt(e -> e.span().end()));
    String lineEnd = lineEnd(text);
    StringBuilder made = new StringBuilder(text.length());
    int at = 0;
    for (Edit edit : edits) {
      made.append(text, at, edit.span().start()).append(replacement(edit, lineEnd));
      at = edit.span().end();
    }
    return made.append(text, at, text.length()).toString();
  }

  private static String replacement(Edit edit, String lineEnd) {
    return edit.replacement().replace("\r\n", "\n").replace("\n", lineEnd);
  }

  /** Where the fixes move the character at this place; empty if it is inside of what they replace. */
  static OptionalInt moved(Path path, int at, List<Finding> fixes, Map<Path, String> texts) {
    String lineEnd = lineEnd(texts.get(path));
    int to = at;
    for (Finding finding : fixes) {
      for (Edit edit : finding.fix().orElseThrow().edits()) {
        Span span = edit.span();
        if (!span.path().equals(path) || span.start() > at || span.start() == at && span.end() > at) {
          continue;
        }
        if (span.end() > at) {
          return OptionalInt.empty();
        }
        to += replacement(edit, lineEnd).length() - (span.end() - span.start());
      }
    }
    return OptionalInt.of(to);
  }

  /** Of the first line: a file keeps its way of ending lines. */
  private static String lineEnd(String text) {
    int first = text.indexOf('\n');
    if (first < 0 && text.indexOf('\r') >= 0) {
      return "\r";
    }
    return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
  }

  /** Of two fixes: overlap, or touch where one inserts, so that it is open which comes first. */
  private static boolean collide(Edit a, Edit b) {
    Span x = a.span();
    Span y = b.span();
    boolean inserts = x.start() == x.end() || y.start() == y.end();
    return overlap(x, y)
        || inserts && x.path().equals(y.path()) && x.start() <= y.end() && y.start() <= x.end();
  }

  private static boolean overlap(Span a, Span b) {
    return a.path().equals(b.path()) && a.start() < b.end() && b.start() < a.end();
  }
}
