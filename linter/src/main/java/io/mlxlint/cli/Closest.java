package io.mlxlint.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word that somebody probably meant. */
final class Closest {
  private Closest() {}

  /** Empty if none is near. */
  static Optional<String> to(String word, Collection<String> words) {
    return words.stream()
        .filter(w -> distance(word, w) <= Math.max(2, w.length() / 3)
            || word.length() > 3 && w.contains(word))
        .min(Comparator.comparingInt(w -> distance(word, w)));
  }

  /** Insertions, deletions and replacements that make one of the other, whatever their case. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
