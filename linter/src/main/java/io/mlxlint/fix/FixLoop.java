package io.mlxlint.fix;

import io.mlxlint.finding.Finding;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Problem;
import io.mlxlint.finding.Problem.Kind;
import io.mlxlint.lint.Linter;
import io.mlxlint.lint.Linter.Linted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Fixes texts in memory and lints them again until nothing more can be fixed. */
public final class FixLoop {
  private static final int ROUNDS = 50;

  /**
   * What became of the texts.
   *
   * @param texts all of them, fixed or not
   * @param fixed what was fixed, where it stood when it was
   * @param left what remains, in the fixed texts
   * @param locked files that have fixes but may not be changed
   */
  public record Fixed(Map<Path, String> texts, List<Finding> fixed, List<Finding> left,
      List<Problem> problems, Set<Path> locked) {}

  /** A rule whose fix did harm in a file is not asked again there. */
  private record Refused(String rule, Path path) {}

  private final Linter linter;
  private final Predicate<Safety> allowed;
  private final Predicate<Path> writable;

  private final List<Finding> fixed = new ArrayList<>();
  private final List<Problem> refusals = new ArrayList<>();
  private final Set<Refused> refused = new HashSet<>();
  private final Set<Path> locked = new LinkedHashSet<>();
  private final Optional<Chosen> chosen;
  private final Map<Path, String> original;
  private Optional<Chosen> wanted;
  private Map<Path, String> texts;
  private Linted linted;

  private FixLoop(Optional<Chosen> chosen, Map<Path, String> texts, Linter linter, Predicate<Safety> allowed,
      Predicate<Path> writable) {
    this.chosen = chosen;
    this.wanted = chosen;
    this.original = texts;
    this.texts = texts;
    this.linter = linter;
    this.allowed = allowed;
    this.writable = writable;
    this.linted = linter.lint(texts);
  }

  /** Makes the fixes of the allowed kinds in the files that may be written. */
  public static Fixed run(Map<Path, String> texts, Linter linter, Predicate<Safety> allowed,
      Predicate<Path> writable) {
    return new FixLoop(Optional.empty(), Map.copyOf(texts), linter, allowed, writable).run();
  }

  /** Makes the fixes of these findings of the texts and of no others. */
  public static Fixed run(List<Finding> chosen, Map<Path, String> texts, Linter linter,
      Predicate<Safety> allowed, Predicate<Path> writable) {
    return new FixLoop(Optional.of(Chosen.of(chosen)), Map.copyOf(texts), linter, allowed, writable).run();
  }

  private Fixed run() {
    int round = 0;
    for (List<Finding> next = next(); !next.isEmpty(); next = next()) {
      if (++round > ROUNDS || hasExploded()) {
        // what it did so far is worth nothing, so all begins again without it
        refuse(next.getFirst(), "does not come to an end");
        texts = original;
        wanted = chosen;
        linted = linter.lint(texts);
        fixed.clear();
        round = 0;
        continue;
      }
      // if one of them does harm, halving finds it
      while (!take(next)) {
        if (next.size() == 1) {
          refuse(next.getFirst(), "does not give code that can be linted");
          break;
        }
        next = next.subList(0, next.size() / 2);
      }
    }
    List<Problem> problems = new ArrayList<>(linted.problems());
    problems.addAll(refusals);
    return new Fixed(texts, fixed, linted.findings(), problems, locked);
  }

  /** Makes the fixes, unless they change nothing or break a file that could be linted before. */
  private boolean take(List<Finding> fixes) {
    Map<Path, String> after = Edits.apply(fixes, texts);
    if (after.equals(texts)) {
      return false;
    }
    Linted then = linter.lint(after);
    if (!brokenIn(linted).containsAll(brokenIn(then))) {
      return false;
    }
    wanted = wanted.map(w -> w.after(fixes, texts));
    texts = after;
    linted = then;
    fixed.addAll(fixes);
    return true;
  }

  private boolean hasExploded() {
    return texts.entrySet().stream()
        .anyMatch(e -> e.getValue().length() > 2 * original.get(e.getKey()).length() + 10_000);
  }

  private List<Finding> next() {
    List<Finding> fixable = linted.findings().stream().filter(this::isFixable).toList();
    return Edits.together(fixable);
  }

  private boolean isFixable(Finding finding) {
    if (wanted.isPresent() && !wanted.get().has(finding)) {
      return false;
    }
    if (finding.fix().isEmpty() || !allowed.test(finding.fix().get().safety())
        || refused.contains(new Refused(finding.rule(), finding.span().path()))
        || !Edits.fit(finding.fix().get().edits(), texts)) {
      return false;
    }
    List<Path> closed = finding.fix().get().edits().stream().map(e -> e.span().path())
        .filter(path -> !writable.test(path)).toList();
    locked.addAll(closed);
    return closed.isEmpty();
  }

  private void refuse(Finding finding, String why) {
    Path path = finding.span().path();
    refused.add(new Refused(finding.rule(), path));
    refusals.add(new Problem(path, finding.span().line(), Kind.RULE_CRASH,
        "the fix of " + finding.rule() + " " + why + ", so it is not made; please report"));
  }

  private record Broken(Path path, Kind kind) {}

  private static Set<Broken> brokenIn(Linted linted) {
    Set<Broken> broken = new HashSet<>();
    linted.problems().forEach(p -> broken.add(new Broken(p.path(), p.kind())));
    return broken;
  }
}
