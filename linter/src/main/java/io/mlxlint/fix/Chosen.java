package io.mlxlint.fix;

import io.mlxlint.finding.Finding;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The findings that alone are to be fixed, known by their places, which the fixes of others move. */
record Chosen(Set<Place> places) {
  private record Place(String rule, Path path, int start) {
    static Place of(Finding finding) {
      return new Place(finding.rule(), finding.span().path(), finding.span().start());
    }
  }

  static Chosen of(List<Finding> findings) {
    Set<Place> places = new HashSet<>();
    findings.forEach(f -> places.add(Place.of(f)));
    return new Chosen(places);
  }

  boolean has(Finding finding) {
    return places.contains(Place.of(finding));
  }

  /** What is left of them, and where, when these fixes have been made in these texts. */
  Chosen after(List<Finding> fixes, Map<Path, String> texts) {
    Set<Place> left = new HashSet<>(places);
    fixes.forEach(f -> left.remove(Place.of(f)));
    Set<Place> moved = new HashSet<>();
    left.forEach(p -> Edits.moved(p.path, p.start, fixes, texts)
        .ifPresent(start -> moved.add(new Place(p.rule, p.path, start))));
    return new Chosen(moved);
  }
}
