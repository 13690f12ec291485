package io.mlxlint.verify;

import io.mlxlint.finding.Edit;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.Certainty;
import io.mlxlint.finding.Finding.Level;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Fix;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Span;
import io.mlxlint.finding.Verification;
import io.mlxlint.finding.Verification.Verdict;
import io.mlxlint.rule.RuleInfo.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies twenty fixes that only add a comment. Whatever is not {@code no effect} is a fault of the
 * measurement; the exit status says whether there was one. Run its main method from the folder of module
 * linter.
 */
final class IdenticalPairs {
  private static final Path SOURCES =
      Path.of("..", "samples", "src", "main", "java", "io", "mlxlint", "samples", "tuned");
  private static final Path RESOURCES = Path.of("..", "samples", "src", "main", "resources");
  private static final List<MethodRef> METHODS = List.of(
      method("TrainCharModel", "train", "int"),
      method("TrainCharModel", "test", "int"),
      method("TrainCharModel", "mistakes", "int"),
      method("TrainCharModel", "unigramEntropy", "Array", "int"),
      method("GenerateText", "generate", "String", "int"),
      method("GenerateText", "surprise", "List"),
      method("GenerateText", "mergedOutput"),
      method("SimilarSentences", "load", "Path", "DType"),
      method("SimilarSentences", "encode", "List"),
      method("SimilarSentences", "pool", "Array", "Array"));

  private IdenticalPairs() {}

  private static MethodRef method(String type, String name, String... parameters) {
    return new MethodRef("io.mlxlint.samples.tuned." + type, name, List.of(parameters));
  }

  public static void main(String[] args) throws IOException {
    Map<Path, String> sources = new HashMap<>();
    try (var files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        sources.put(file, Files.readString(file));
      }
    }
    int faults = 0;
    var options = new Verifier.Options(List.of(RESOURCES), 5_000, 240, "java", "auto");
    try (Verifier verifier = new Verifier(sources, options)) {
      for (int i = 0; i < 20; i++) {
        MethodRef method = METHODS.get(i % METHODS.size());
        Cost cost = i < METHODS.size() ? Cost.TIME : Cost.PEAK_MEMORY;
        Verification v = verifier.verify(finding(method), cost, Optional.empty()).verification()
            .orElseThrow();
        System.out.println(v.verdict().words() + "  " + cost + "  " + method.name() + "  " + v.time() + "  "
            + v.memory() + "  " + v.reason());
        faults += v.verdict() == Verdict.NO_EFFECT ? 0 : 1;
      }
    }
    System.out.println(faults + " of 20 pairs of identical code were judged different");
    System.exit(faults == 0 ? 0 : 1);
  }

  private static Finding finding(MethodRef method) {
    String type = method.className().substring(method.className().lastIndexOf('.') + 1);
    Span start = new Span(SOURCES.resolve(type + ".java"), 1, 1, 1, 1, 0, 0);
    Fix fix = new Fix("add a comment", Safety.SAFE, List.of(new Edit(start, "/* the same */ ")));
    return new Finding("identical", "TST000", Level.INFO, Certainty.CERTAIN, start, "identical code",
        List.of(), Optional.of(fix), Optional.of(method), Optional.empty());
  }
}
