package io.mlxlint.verify;

import io.mlxlint.finding.Edit;
import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.rule.RuleInfo.Cost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs the code of each finding before and after its fix, each finding in a process of its own. */
public final class Verifier implements AutoCloseable {
  private final Map<Path, String> sources;
  private final Options options;
  private final Path work;
  private final Path asIs;
  private final Variants variants;
  private final ForkedProcess process;
  private final Optional<String> doesNotCompile;
  private int next;

  /**
   * @param classPath what the sources need besides the runtime
   * @param budgetMillis time for measuring one finding
   * @param limitSeconds after which the process of one finding is ended
   * @param engine {@code java} or {@code mlx}
   */
  public record Options(List<Path> classPath, long budgetMillis, long limitSeconds, String engine) {}

  /** @param sources the text of every linted file */
  public Verifier(Map<Path, String> sources, Options options) throws IOException {
    this.sources = Map.copyOf(sources);
    this.options = options;
    this.work = Files.createTempDirectory("mlxlint-verify");
    this.asIs = work.resolve("as-is");
    this.variants = new Variants(Stream.concat(ForkedProcess.ownClassPath(), options.classPath().stream()).toList());
    this.process = new ForkedProcess(work, options.classPath(), options.engine());
    this.doesNotCompile = variants.compile(sources, List.of(), asIs);
  }

  /**
   * The finding with a verdict. Whatever goes wrong is that finding's {@code not run}, nothing else.
   *
   * @param primary what the finding's rule says it costs first of all
   * @param entries programs that may lead to the finding's method, in the order to try them
   */
  public Finding verify(Finding finding, Cost primary, List<Entry> entries) {
    Measurement measurement;
    try {
      measurement = measure(finding, entries);
    } catch (IOException e) {
      measurement = Measurement.failed("files could not be written: " + e.getMessage());
    }
    return finding.withVerification(Verdicts.of(primary, measurement));
  }

  /** The whole program before and after the fixes of {@code findings}, {@code pairs} runs of each. */
  public Scenario.Result compare(Entry entry, List<Finding> findings, int pairs) throws IOException {
    Path fixed = work.resolve("fixed");
    Optional<String> error =
        doesNotCompile.isPresent() ? doesNotCompile : variants.compile(fixed(findings), List.of(asIs), fixed);
    if (error.isPresent()) {
      return Scenario.Result.failed("the sources do not compile: " + error.get());
    }
    return new Scenario(process, options.limitSeconds()).compare(List.of(asIs), List.of(fixed, asIs), entry, pairs);
  }

  private Measurement measure(Finding finding, List<Entry> entries) throws IOException {
    if (doesNotCompile.isPresent()) {
      return Measurement.failed("the sources do not compile: " + doesNotCompile.get());
    }
    if (finding.fix().isEmpty()) {
      return Measurement.failed("this finding has no fix to compare with");
    }
    if (finding.method().isEmpty()) {
      return Measurement.failed("the code is not in a method that can be called");
    }
    MethodRef method = finding.method().get();
    if (entries.isEmpty()) {
      return Measurement.failed("no main method leads to " + method.name() + "; name one with --main");
    }
    Path fixed = work.resolve("fix-" + next++);
    Optional<String> error = variants.compile(fixed(List.of(finding)), List.of(asIs), fixed);
    if (error.isPresent()) {
      return Measurement.failed("the fixed source does not compile: " + error.get());
    }
    Job job = new Job(method, List.of(asIs.toString()), List.of(fixed.toString(), asIs.toString()),
        options.classPath().stream().map(Path::toString).toList(), entries, options.limitSeconds() * 1_000 / 3,
        options.budgetMillis());
    ForkedProcess.Answer<Measurement> answer =
        process.run(PairedRun.class, job, List.of(), options.limitSeconds(), Measurement.class);
    return answer.failure() == null ? answer.value() : Measurement.failed(answer.failure());
  }

  /** The files that the fixes touch, with the fixes applied; of two that overlap the first one counts. */
  private Map<Path, String> fixed(List<Finding> findings) {
    Map<Path, List<Edit>> byFile = new HashMap<>();
    for (Finding finding : findings) {
      finding.fix().ifPresent(fix -> fix.edits().forEach(
          edit -> byFile.computeIfAbsent(edit.span().path(), p -> new ArrayList<>()).add(edit)));
    }
    Map<Path, String> out = new HashMap<>();
    byFile.forEach((path, edits) -> {
      StringBuilder text = new StringBuilder(sources.get(path));
      edits.stream().sorted(Comparator.comparing(Edit::span).reversed())
          .forEach(e -> text.replace(e.span().start(), e.span().end(), e.replacement()));
      out.put(path, text.toString());
    });
    return out;
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.walk(work)) {
      files.sorted(Comparator.reverseOrder()).forEach(p -> {
        try {
          Files.delete(p);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }
}
