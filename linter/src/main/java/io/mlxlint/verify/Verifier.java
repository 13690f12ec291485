package io.mlxlint.verify;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.fix.Edits;
import io.mlxlint.rule.RuleInfo.Cost;
import io.mlxlint.verify.Variants.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs the code of each finding before and after its fix, each finding in a process of its own. */
public final class Verifier implements AutoCloseable {
  /** A process keeps to its limit by itself; one that has not answered so much later hangs. */
  private static final long GRACE_SECONDS = 10;

  private final Map<Path, String> sources;
  private final Options options;
  private final Path work;
  private final Path asIs;
  private final Variants variants;
  private final ForkedProcess process;
  /** Files that do not compile, such as tests whose libraries are not on the class path, with the error. */
  private final Map<Path, String> left = new HashMap<>();
  private int next;

  /**
   * @param classPath what the sources need besides the runtime
   * @param budgetMillis time for measuring one finding
   * @param limitSeconds for the verdict of one finding, and for one run of a whole program: a finding's
   *     rounds are planned to fit half of it, so that there is as much for the sides in the other order
   * @param engine {@code java} or {@code mlx}
   * @param device {@code auto}, {@code gpu} or {@code cpu}
   */
  public record Options(List<Path> classPath, long budgetMillis, long limitSeconds, String engine,
      String device) {}

  /** @param sources the text of every linted file */
  public Verifier(Map<Path, String> sources, Options options) throws IOException {
    this.sources = Map.copyOf(sources);
    this.options = options;
    this.work = Files.createTempDirectory("mlxlint-verify");
    this.asIs = work.resolve("as-is");
    this.variants = new Variants(Stream.concat(ForkedProcess.ownClassPath(), options.classPath().stream())
        .toList());
    this.process = new ForkedProcess(work, options.classPath(), options.engine(), options.device());
    compileWhatCompiles();
  }

  private void compileWhatCompiles() throws IOException {
    Map<Path, String> rest = new HashMap<>(sources);
    List<Failure> failures = variants.compile(rest, List.of(), asIs);
    while (!failures.isEmpty()) {
      for (Failure failure : failures) {
        if (failure.path() == null) {
          rest.keySet().forEach(path -> left.put(path, failure.message()));
          return;
        }
        left.put(failure.path(), failure.message());
        rest.remove(failure.path());
      }
      failures = rest.isEmpty() ? List.of() : variants.compile(rest, List.of(), asIs);
    }
  }

  /** Why the file cannot be run, if so. */
  public Optional<String> compileError(Path source) {
    return Optional.ofNullable(left.get(source));
  }

  /**
   * The finding with a verdict. Whatever goes wrong is that finding's {@code not run}, nothing else.
   *
   * @param primary what the finding's rule says it costs first of all
   * @param entry the program to run; without it every main method of the sources is tried, the nearest first
   */
  public Finding verify(Finding finding, Cost primary, Optional<Entry> entry) {
    List<Measurement> measurements;
    try {
      measurements = measure(finding, entry);
    } catch (IOException e) {
      measurements = List.of(Measurement.failed("files could not be written: " + e.getMessage()));
    }
    return finding.withVerification(Verdicts.of(primary, measurements));
  }

  /** The whole program as it is and with the texts of {@code fixed}, {@code pairs} runs of each. */
  public Scenario.Result compare(Entry entry, Map<Path, String> fixedTexts, int pairs) throws IOException {
    Path fixed = work.resolve("fixed");
    Map<Path, String> changed = new HashMap<>(fixedTexts);
    changed.keySet().removeAll(left.keySet());
    List<Failure> failures = variants.compile(changed, List.of(asIs), fixed);
    if (!failures.isEmpty()) {
      return Scenario.Result.failed("the fixed sources do not compile: " + failures.getFirst().message());
    }
    return new Scenario(process, options.limitSeconds())
        .compare(List.of(asIs), List.of(fixed, asIs), entry, pairs);
  }

  private List<Measurement> measure(Finding finding, Optional<Entry> entry) throws IOException {
    Job job;
    try {
      job = prepare(finding, entry);
    } catch (NotPossible e) {
      return List.of(Measurement.failed(e.getMessage()));
    }
    long start = System.nanoTime();
    Measurement first = run(job);
    // The side that a process loads first has an advantage that no warm-up takes away: a difference counts
    // only if it is still there when the sides change places.
    if (first.failure() != null || !Verdicts.differs(first)) {
      return List.of(first);
    }
    long left = options.limitSeconds() * 1_000 - (System.nanoTime() - start) / 1_000_000;
    return List.of(first, run(job.swapped(Math.max(left, job.planMillis()))).swapped());
  }

  private Measurement run(Job job) throws IOException {
    ForkedProcess.Answer<Measurement> answer = process.run(PairedRun.class, job, List.of(),
        job.limitMillis() / 1_000 + GRACE_SECONDS, Measurement.class);
    return answer.failure() == null ? answer.value() : Measurement.failed(answer.failure());
  }

  /** Why a finding cannot be run. */
  private static final class NotPossible extends Exception {
    private static final long serialVersionUID = 1;

    NotPossible(String reason) {
      super(reason);
    }
  }

  private Job prepare(Finding finding, Optional<Entry> entry) throws IOException, NotPossible {
    Optional<String> error = compileError(finding.span().path());
    if (error.isPresent()) {
      throw new NotPossible("the source does not compile: " + error.get());
    }
    if (finding.fix().isEmpty()) {
      throw new NotPossible("this finding has no fix to compare with");
    }
    if (finding.method().isEmpty()) {
      throw new NotPossible("the code is not in a method that can be called");
    }
    MethodRef method = finding.method().get();
    if (method.name().startsWith("<")) {
      throw new NotPossible("a constructor or an initializer cannot be called again");
    }
    List<Entry> entries = entry.map(List::of).orElseGet(() -> EntryPoints.in(asIs, method));
    if (entries.isEmpty()) {
      throw new NotPossible("no main method could lead to " + method.name() + "; name one with --main");
    }
    Path fixed = work.resolve("fix-" + next++);
    List<Failure> failures = variants.compile(fixed(finding), List.of(asIs), fixed);
    if (!failures.isEmpty()) {
      throw new NotPossible("the fixed source does not compile: " + failures.getFirst().message());
    }
    long halfMillis = options.limitSeconds() * 1_000 / 2;
    return new Job(method, List.of(asIs.toString()), List.of(fixed.toString(), asIs.toString()),
        options.classPath().stream().map(Path::toString).toList(), entries,
        halfMillis / 3, options.budgetMillis(), halfMillis, 2 * halfMillis);
  }

  /** The files that the fix touches, with the fix applied. */
  private Map<Path, String> fixed(Finding finding) {
    Map<Path, String> texts = Edits.apply(List.of(finding), sources);
    texts.entrySet().removeIf(e -> e.getValue().equals(sources.get(e.getKey())));
    return texts;
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
