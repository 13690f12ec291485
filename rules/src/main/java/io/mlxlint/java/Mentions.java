package io.mlxlint.java;

import io.mlxlint.java.FrontEnd.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which files have to do with arrays: those that mention the runtime, those that mention a type or method
 * declared in such a file, and so on. Names are compared by hash, so a file may be read for nothing, but none
 * is missed.
 */
final class Mentions {
  private static final String RUNTIME = "io.mlxlint";

  private final List<Source> open;
  private final Map<Source, Set<Integer>> identifiers = new HashMap<>();
  private final Set<Integer> known = new HashSet<>();
  private final Set<Unit> seen = new HashSet<>();

  Mentions(List<Source> sources) {
    open = new ArrayList<>(sources);
  }

  /** The files to begin with. */
  List<Source> ofRuntime() {
    List<Source> found = open.stream().filter(s -> s.text().contains(RUNTIME)).toList();
    open.removeAll(Set.copyOf(found));
    return found;
  }

  /** The files that mention what these files declare, without those given before. */
  List<Source> of(Collection<Unit> units) {
    Set<Integer> names = new HashSet<>();
    for (Unit u : units) {
      if (seen.add(u)) {
        u.declaredNames().forEach(n -> {
          if (known.add(n.hashCode())) {
            names.add(n.hashCode());
          }
        });
      }
    }
    List<Source> found = names.isEmpty() ? List.of() : open.stream()
        .filter(s -> identifiers.computeIfAbsent(s, Mentions::identifiers).stream().anyMatch(names::contains))
        .toList();
    open.removeAll(Set.copyOf(found));
    found.forEach(identifiers::remove);
    return found;
  }

  /** The hashes of all words, those in comments and strings included. */
  private static Set<Integer> identifiers(Source source) {
    Set<Integer> hashes = new HashSet<>();
    String text = source.text();
    int hash = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPart = c < 128 ? c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
          || c == '_'
          || c == '$' : Character.isJavaIdentifierPart(c);
      if (isPart) {
        hash = inWord ? 31 * hash + c : c;
        inWord = true;
      } else if (inWord) {
        hashes.add(hash);
        inWord = false;
      }
    }
    if (inWord) {
      hashes.add(hash);
    }
    return hashes;
  }
}
