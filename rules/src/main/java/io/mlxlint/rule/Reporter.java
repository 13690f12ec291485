package io.mlxlint.rule;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Certainty;
import io.mlxlint.finding.Finding.Level;
import io.mlxlint.finding.Finding.Note;
import io.mlxlint.finding.Fix;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Collects what one rule says about one method. */
public final class Reporter {
  private final RuleInfo rule;
  private final Sources sources;
  private final Method method;
  private final List<Report> reports = new ArrayList<>();

  Reporter(RuleInfo rule, Sources sources, Method method) {
    this.rule = rule;
    this.sources = sources;
    this.method = method;
  }

  /** A certain finding at the operation; the message is lower case and has no full stop. */
  public Report report(Instruction at, String message) {
    return report(at.span(), message);
  }

  public Report report(Span at, String message) {
    Report report = new Report(at, message);
    reports.add(report);
    return report;
  }

  List<Finding> findings() {
    return reports.stream().map(Report::toFinding).toList();
  }

  /** A finding in the making. */
  public final class Report {
    private final Span span;
    private final String message;
    private final List<Note> notes = new ArrayList<>();
    private Certainty certainty = Certainty.CERTAIN;
    private Optional<Fix> fix = Optional.empty();

    private Report(Span span, String message) {
      this.span = span;
      this.message = message;
    }

    /** Adds a place that belongs to the argument. */
    public Report note(Span at, String text) {
      notes.add(new Note(at, text));
      return this;
    }

    public Report notes(List<Note> more) {
      notes.addAll(more);
      return this;
    }

    /** The fix costs nothing and the context suggests it, but it is not proved. */
    public Report plausible() {
      certainty = Certainty.PLAUSIBLE;
      return this;
    }

    /**
     * Attaches the edits that {@code build} makes; a builder left empty means there is no fix here, and a fix
     * that would lose a comment is not made.
     */
    public Report fix(String title, Consumer<FixBuilder> build) {
      FixBuilder edits = new FixBuilder(sources, Optional.ofNullable(method).map(Method::span));
      build.accept(edits);
      fix = edits.isEmpty() || edits.losesComment() ? Optional.empty()
          : Optional.of(new Fix(title, rule.fix().orElse(Fix.Safety.DISPLAY_ONLY), edits.edits(),
              edits.names()));
      return this;
    }

    private Finding toFinding() {
      Level level = certainty == Certainty.CERTAIN ? rule.level() : Level.INFO;
      return new Finding(rule.name(), rule.code(), level, certainty, span, message, notes, fix,
          Optional.ofNullable(method).map(m -> m.enclosing().orElse(m.ref())), Optional.empty());
    }
  }
}
