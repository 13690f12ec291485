package io.mlxlint.rule;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Span;
import io.mlxlint.finding.Suppression;
import io.mlxlint.model.CodeFailure;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs rules over a program. */
public final class Check {

  /**
   * What the rules say.
   *
   * @param findings by place, then by code; suppressed ones are left out
   * @param problems what failed, one for each method and defect
   */
  public record Result(List<Finding> findings, List<Problem> problems) {}

  private record Place(String rule, Span span) {}

  private record Failure(Method method, String what) {}

  /** Enough for the deepest sources that are read; only what is used of it is backed by memory. */
  private static final long STACK = 512L << 20;

  private final Program program;
  private final Sources sources;
  /** The facts there are where the code of these files is not looked at. */
  private final Map<Set<Path>, FactBase> facts = new HashMap<>();
  /** What failed, and the rules that it cost their findings. */
  private final Map<Failure, List<String>> failures = new LinkedHashMap<>();

  private Check(Program program) {
    this.program = program;
    sources = new Sources(program.sources());
  }

  /**
   * Applies {@code rules} to every method. A rule that throws loses its findings in that file and nothing
   * else; where it is an analysis that fails, the file is the one whose code it could not take, and for the
   * others that code is unknown. Runs on a thread of its own, since analyses go as deep as methods call each
   * other.
   */
  public static Result run(Program program, List<Suppression> suppressions, List<Rule> rules) {
    FutureTask<Result> work = new FutureTask<>(() -> new Check(program).runAll(suppressions, rules));
    Thread thread = new Thread(null, work, "mlxlint-check", STACK);
    thread.setDaemon(true);
    thread.start();
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while checking", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case Throwable cause -> throw new IllegalStateException(cause);
      }
    }
  }

  private Result runAll(List<Suppression> suppressions, List<Rule> rules) {
    List<Finding> findings = rules.stream().flatMap(r -> run(r).stream()).toList();
    List<Finding> kept = UnusedSuppression.apply(once(findings), suppressions, program, sources, rules,
        failures.isEmpty());
    List<Problem> problems = new ArrayList<>();
    failures.forEach((f, lost) -> problems.add(problem(f, lost)));
    return new Result(kept.stream().sorted(ORDER).toList(), List.copyOf(problems));
  }

  /** What one rule finds in the files for which neither it nor an analysis fails. */
  private List<Finding> run(Rule rule) {
    List<Finding> findings = new ArrayList<>();
    Set<Path> failed = new HashSet<>();
    Set<Path> unknown = new HashSet<>();
    for (Method method : program.methods()) {
      boolean done = false;
      while (!done && !failed.contains(method.span().path())) {
        try {
          Reporter out = new Reporter(rule.info(), sources, method);
          rule.check(method, facts(unknown).of(method), out);
          findings.addAll(out.findings());
          done = true;
        } catch (CodeFailure e) {
          // a method that was looked at without its code is not what fails
          Method from = failed.contains(e.method().span().path()) ? method : e.method();
          // what is half made is not asked again
          facts.remove(unknown);
          unknown.add(from.span().path());
          failed.add(from.span().path());
          note(rule, from, e.getCause());
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
          failed.add(method.span().path());
          note(rule, method, e);
        }
      }
    }
    findings.removeIf(f -> failed.contains(f.span().path()));
    return findings;
  }

  private FactBase facts(Set<Path> unknown) {
    FactBase known = facts.get(unknown);
    if (known == null) {
      known = new FactBase(unknown.isEmpty() ? program : program.withoutCodeOf(unknown));
      facts.put(Set.copyOf(unknown), known);
    }
    return known;
  }

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::span).thenComparing(Finding::code).thenComparing(Finding::message);

  /** A finding that several methods prove stands once, the certain one first. */
  private static List<Finding> once(List<Finding> findings) {
    Set<Place> seen = new HashSet<>();
    return findings.stream()
        .sorted(Comparator.comparing(Finding::certainty))
        .filter(f -> seen.add(new Place(f.rule(), f.span())))
        .toList();
  }

  private void note(Rule rule, Method method, Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber();
    String what = e.getMessage() == null ? "" : ": " + e.getMessage().lines().findFirst().orElse("");
    failures.computeIfAbsent(new Failure(method, e.getClass().getSimpleName() + what + where),
        _ -> new ArrayList<>()).add(rule.info().name());
  }

  private static Problem problem(Failure failure, List<String> rules) {
    Method method = failure.method();
    return new Problem(method.span().path(), method.span().line(), Problem.Kind.RULE_CRASH,
        (rules.size() == 1 ? "rule " : "rules ") + String.join(", ", rules) + " failed in "
            + method.ref().name() + " with " + failure.what());
  }
}
