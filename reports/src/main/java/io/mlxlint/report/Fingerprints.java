package io.mlxlint.report;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Names of findings that outlive edits elsewhere: made from the rule, the file's name, the method and the
 * text of the span, so that they stay when lines move, when the folder moves and wherever the linter was
 * started. Equal findings of one method are told apart by their order.
 */
final class Fingerprints {
  private Fingerprints() {}

  /** One for each finding, in order. */
  static List<String> of(Report report) {
    MessageDigest digest = sha256();
    Map<String, Integer> seen = new HashMap<>();
    List<String> made = new ArrayList<>();
    for (Finding finding : report.findings()) {
      String identity = String.join("\n", finding.rule(), String.valueOf(finding.span().path().getFileName()),
          finding.method().map(m -> m.className() + "." + m.name() + m.parameterTypes()).orElse(""),
          text(finding.span(), report.sources()));
      int nth = seen.merge(identity, 1, Integer::sum);
      byte[] hash = digest.digest((identity + "\n" + nth).getBytes(StandardCharsets.UTF_8));
      made.add(HexFormat.of().formatHex(hash, 0, 8));
    }
    return made;
  }

  /** The first line of the span, with white space made equal. */
  private static String text(Span span, Map<Path, String> sources) {
    String source = sources.get(span.path());
    return source == null || !Excerpt.fits(span, source) ? ""
        : source.substring(span.start(), span.end()).lines().findFirst().orElse("").strip()
            .replaceAll("\\s+", " ");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
