package io.mlxlint.rule;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Span;
import io.mlxlint.finding.Suppression;
import io.mlxlint.model.Method;
import io.mlxlint.model.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs rules over a program. */
public final class Check {

  /**
   * What the rules say.
   *
   * @param findings by place, then by code; suppressed ones are left out
   * @param problems rules that failed, one for each file
   */
  public record Result(List<Finding> findings, List<Problem> problems) {}

  private record Place(String rule, Span span) {}

  private record Failure(String rule, Path path) {}

  private Check() {}

  /** Enough for the deepest sources that are read; only what is used of it is backed by memory. */
  private static final long STACK = 512L << 20;

  /**
   * Applies {@code rules} to every method; a rule that throws loses its findings in that file and nothing
   * else. Runs on a thread of its own, since analyses go as deep as methods call each other.
   */
  public static Result run(Program program, List<Suppression> suppressions, List<Rule> rules) {
    FutureTask<Result> work = new FutureTask<>(() -> runHere(program, suppressions, rules));
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

  private static Result runHere(Program program, List<Suppression> suppressions, List<Rule> rules) {
    FactBase base = new FactBase(program);
    Sources sources = new Sources(program.sources());
    List<Finding> findings = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Set<Failure> failed = new HashSet<>();
    for (Rule rule : rules) {
      for (Method method : program.methods()) {
        Failure key = new Failure(rule.info().name(), method.span().path());
        if (failed.contains(key)) {
          continue;
        }
        Reporter out = new Reporter(rule.info(), sources, method);
        try {
          rule.check(method, base.of(method), out);
          findings.addAll(out.findings());
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
          failed.add(key);
          problems.add(crash(rule, method, e));
        }
      }
    }
    findings.removeIf(f -> failed.contains(new Failure(f.rule(), f.span().path())));
    List<Finding> kept = UnusedSuppression.apply(once(findings), suppressions, program, sources, rules,
        problems.isEmpty());
    return new Result(kept.stream().sorted(ORDER).toList(), List.copyOf(problems));
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

  private static Problem crash(Rule rule, Method method, Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber();
    String what = e.getMessage() == null ? "" : ": " + e.getMessage().lines().findFirst().orElse("");
    return new Problem(method.span().path(), method.span().line(), Problem.Kind.RULE_CRASH,
        "rule " + rule.info().name() + " failed in " + method.ref().name() + " with "
            + e.getClass().getSimpleName() + what + where);
  }
}
