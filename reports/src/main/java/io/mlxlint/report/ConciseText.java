package io.mlxlint.report;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Span;
import io.mlxlint.finding.Verification;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** One line each: what an editor's external tool links and {@code grep} counts. */
record ConciseText(Colours colours) implements Renderer {

  @Override
  public void write(Report report, Appendable out) throws IOException {
    for (Finding finding : report.findings()) {
      out.append(place(finding.span())).append(": ")
          .append(colours.yellow(finding.code())).append(' ').append(finding.rule()).append(": ")
          .append(Display.clean(finding.message()));
      if (finding.verification().isPresent()) {
        Verification made = finding.verification().get();
        out.append(" [").append(made.verdict().words()).append(": ").append(Display.clean(made.reason()))
            .append(']');
      }
      out.append('\n');
    }
    for (Problem problem : report.problems()) {
      out.append(line(problem)).append('\n');
    }
  }

  /** {@code path:line:col}, which terminals and editors make a link of. */
  String place(Span span) {
    return colours.bold(path(span.path()) + ":" + span.line() + ":" + span.column());
  }

  String line(Problem problem) {
    String place = path(problem.path()) + (problem.line() == 0 ? "" : ":" + problem.line());
    return colours.bold(place) + ": " + colours.red("error") + ": " + Display.clean(problem.message());
  }

  static String path(Path path) {
    return Display.clean(path.toString().replace(File.separatorChar, '/'));
  }
}
