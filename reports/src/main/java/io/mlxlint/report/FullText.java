package io.mlxlint.report;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Note;
import io.mlxlint.finding.Fix;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Span;
import io.mlxlint.finding.Verification;
import io.mlxlint.finding.Verification.Ratio;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Each finding with its source, the places that prove it, its fix and its measurement; a summary at the end.
 */
record FullText(Colours colours) implements Renderer {

  @Override
  public void write(Report report, Appendable out) throws IOException {
    ConciseText lines = new ConciseText(colours);
    for (Finding finding : report.findings()) {
      write(finding, lines, report.sources(), out);
      out.append('\n');
    }
    for (Problem problem : report.problems()) {
      out.append(lines.line(problem)).append('\n');
    }
    if (!report.problems().isEmpty()) {
      out.append('\n');
    }
    out.append(summary(report)).append('\n');
    for (String next : next(report)) {
      out.append("  ").append(next).append('\n');
    }
  }

  private void write(Finding finding, ConciseText lines, Map<?, String> sources, Appendable out)
      throws IOException {
    int margin = Integer.toString(finding.span().line()).length();
    for (Note note : finding.notes()) {
      margin = Math.max(margin, Integer.toString(note.span().line()).length());
    }
    out.append(lines.place(finding.span())).append(": ").append(level(finding)).append(": ")
        .append(colours.bold(finding.code() + " " + finding.rule())).append(": ")
        .append(Display.clean(finding.message())).append('\n');
    excerpt(finding.span(), sources, margin, '^', out);
    for (Note note : finding.notes()) {
      out.append("  note: ").append(lines.place(note.span())).append(": ")
          .append(Display.clean(note.message())).append('\n');
      excerpt(note.span(), sources, margin, '-', out);
    }
    if (finding.fix().isPresent()) {
      Fix fix = finding.fix().get();
      out.append("  ").append(colours.green("fix" + how(fix.safety()))).append(": ")
          .append(Display.clean(fix.title())).append('\n');
    }
    if (finding.verification().isPresent()) {
      measured(finding.verification().get(), out);
    }
  }

  private void excerpt(Span span, Map<?, String> sources, int margin, char mark, Appendable out)
      throws IOException {
    String source = sources.get(span.path());
    if (source == null || !Excerpt.fits(span, source)) {
      return;
    }
    Excerpt excerpt = Excerpt.of(span, source);
    String number = Integer.toString(span.line());
    String marks = String.valueOf(mark).repeat(excerpt.width());
    out.append("  ").append(" ".repeat(margin - number.length())).append(colours.cyan(number + " |"))
        .append(' ')
        .append(excerpt.text()).append('\n');
    out.append("  ").append(" ".repeat(margin)).append(colours.cyan(" |")).append(' ')
        .append(" ".repeat(excerpt.column()))
        .append(mark == '^' ? colours.yellow(marks) : colours.cyan(marks))
        .append(excerpt.goesOn() ? "..." : "").append('\n');
  }

  private String level(Finding finding) {
    return switch (finding.level()) {
      case INFO -> colours.cyan("info");
      case WARNING -> colours.yellow("warning");
      case ERROR -> colours.red("error");
    };
  }

  private static String how(Safety safety) {
    return switch (safety) {
      case SAFE -> "";
      case UNSAFE -> " (with --unsafe-fixes)";
      case DISPLAY_ONLY -> " (by hand)";
    };
  }

  private void measured(Verification made, Appendable out) throws IOException {
    out.append("  ").append(colours.bold(made.verdict().words()));
    List<String> parts = new ArrayList<>();
    if (made.time() != null) {
      parts.add("time " + ratio(made.time()));
    }
    if (made.memory() != null) {
      parts.add("peak memory " + ratio(made.memory()));
    }
    new TreeMap<>(made.counters()).forEach((name, count) ->
        parts.add(String.format(Locale.ROOT, "%s %,d -> %,d", Display.clean(name), count[0], count[1])));
    if (!made.engine().isEmpty()) {
      parts.add("engine " + made.engine() + " on " + Display.clean(made.device()));
    }
    out.append(": ").append(Display.clean(made.reason())).append('\n');
    if (!parts.isEmpty()) {
      out.append("    ").append(String.join(", ", parts)).append('\n');
    }
  }

  /** Before/after, with the interval. */
  private static String ratio(Ratio ratio) {
    return String.format(Locale.ROOT, "%.2fx (%.2f to %.2f)", ratio.median(), ratio.low(), ratio.high());
  }

  private String summary(Report report) {
    long fixable = report.fixable(Safety.SAFE) + report.fixable(Safety.UNSAFE);
    int found = report.findings().size();
    StringBuilder line = new StringBuilder(found == 0 ? "no findings"
        : colours.bold(count(found, "finding")));
    if (found > 0) {
      line.append(" (").append(fixable).append(" fixable)");
    }
    line.append(", ").append(count(report.files(), "file"));
    if (!report.problems().isEmpty()) {
      line.append(", ").append(colours.red(count(report.problems().size(), "error")));
    }
    if (report.hidden() > 0) {
      line.append("; ").append(report.hidden()).append(" more with --info");
    }
    return line.toString();
  }

  private static List<String> next(Report report) {
    List<String> next = new ArrayList<>();
    long safe = report.fixable(Safety.SAFE);
    long unsafe = report.fixable(Safety.UNSAFE);
    if (safe > 0) {
      next.add("'mlxlint fix' settles " + safe);
    }
    if (unsafe > 0) {
      next.add("'mlxlint fix --unsafe-fixes' settles " + (safe + unsafe)
          + "; rounding, dtype or evaluation time may change");
    }
    if (!report.findings().isEmpty()) {
      next.add("'mlxlint explain " + report.findings().getFirst().rule() + "' says why");
    }
    return next;
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
