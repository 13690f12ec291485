package io.mlxlint.analysis.dtypes;

import io.mlxlint.finding.Finding.Note;
import io.mlxlint.finding.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A place that explains a dtype, and the place that explains that one. */
public record Why(Span span, String text, Optional<Why> because) {
  /** Longer chains are cut in the middle; the first and the last places tell most. */
  private static final int LONGEST = 8;

  Why(Span span, String text) {
    this(span, text, Optional.empty());
  }

  Why then(Span at, String message) {
    return span.equals(at) ? this : new Why(at, message, Optional.of(this));
  }

  /** From where the dtype arose to where it arrived. */
  public List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    for (Optional<Why> why = Optional.of(this); why.isPresent(); why = why.get().because) {
      notes.addFirst(new Note(why.get().span, why.get().text));
    }
    while (notes.size() > LONGEST) {
      notes.remove(LONGEST / 2);
    }
    return notes;
  }
}
