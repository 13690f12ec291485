package io.mlxlint.rules.evaluation;

import io.mlxlint.analysis.evaluation.Evaluation.State;
import io.mlxlint.analysis.loops.Loops;
import io.mlxlint.analysis.loops.Repetition;
import io.mlxlint.analysis.loops.Sorts;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Method;
import io.mlxlint.model.Site;
import io.mlxlint.model.Value;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import io.mlxlint.rule.RuleInfo.Cost;
import java.util.Optional;

/** Waiting for the device once per element of an array, or more often per iteration than needed. */
public final class HostReadInLoop implements Rule {

  private static final RuleInfo INFO = RuleInfo.of("EVL101", "host-read-in-loop")
      .cost(Cost.TIME)
      .fix(Safety.UNSAFE)
      .summary("elements of an array are read one by one, and each read waits for an evaluation of its own")
      .why("""
          Reading a value makes the host wait until the device has computed it. In a loop over the elements \
          of an array that wait, and the evaluation of a slice, is paid for every element, although one read \
          brings them all: 4096 elements cost several hundred times more one by one. A sort whose comparator \
          reads waits in each comparison, more often than there are elements. The same holds for a second \
          read in an iteration that could have been evaluated together with the first, and for the lazy \
          arrays of a list that are read one after the other: one evaluation computes them all.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class PositiveSum {
            static double run() {
              Array xs = MX.arange(0.0, 4096.0, 1.0).sin();
              double sum = 0;
              for (int i = 0; i < xs.shape(0); i++) {
                double x = xs.at(i).item(); // expect: host-read-in-loop
                if (x > 0) {
                  sum += x;
                }
              }
              return sum;
            }
          }
          """)
      .good("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class PositiveSum {
            static double run() {
              Array xs = MX.arange(0.0, 4096.0, 1.0).sin();
              double sum = 0;
              double[] xsValues = xs.toDoubleArray();
              for (int i = 0; i < xs.shape(0); i++) {
                double x = xsValues[i];
                if (x > 0) {
                  sum += x;
                }
              }
              return sum;
            }
          }
          """)
      .whenNot("""
          The loop runs once or twice, or usually stops after the first few elements of a large array. The \
          one read at the end of an iteration, of a value computed in it, is no defect and is not \
          reported.""")
      .origin("Writing Fast MLX, Graph Evaluation")
      .build();

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    SecondWait second = new SecondWait(facts);
    for (Force read : ArrayElements.reads(facts)) {
      if (!checkElement(read, facts, out) && !checkContainer(read, facts, out)) {
        second.of(read).ifPresent(w -> report(w, read.span(), "a second wait in the same iteration", facts,
            out));
      }
    }
    for (Call call : facts.values().all(Call.class)) {
      second.of(call).ifPresent(w -> report(w, call.span(),
          "the call waits a second time in the same iteration", facts, out));
    }
  }

  /** Is it one of many reads of the elements of one array? */
  private static boolean checkElement(Force read, Facts facts, Reporter out) {
    ArrayElements elements = new ArrayElements(facts);
    Optional<Loop> loop = facts.loops().innermost(read).filter(l -> matters(read, l, facts));
    Optional<ArrayElements.Whole> inLoop = loop.flatMap(l -> elements.of(read, l));
    if (inLoop.isPresent()) {
      out.report(read, "`" + read.method()
          + "` reads " + part(read) + " of an array per iteration, and each read waits")
          .note(loop.get().headerSpan(), "once per iteration of this loop")
          .fix("read all elements before the loop", fixes -> {
            if (inLoop.get().in() == facts) {
              new ElementReads(facts, loop.get(), inLoop.get().array()).fix(read, fixes);
            }
          });
      return true;
    }
    Optional<Repetition> repeated = facts.loops().innermost(read).isPresent() ? Optional.empty()
        : facts.repetitions().stream().filter(r -> !r.decides()
            && (elements.of(read, r).isPresent() || isComparedAnew(read, r, facts))).findFirst();
    repeated.ifPresent(r -> {
      boolean compares = compares(r, facts);
      var report = out.report(read, elements.of(read, r).isPresent()
          ? "`" + read.method() + "` reads " + part(read) + " of an array per "
              + (compares ? "comparison" : "call") + ", and each read waits"
          : "`" + read.method() + "` waits in each comparison for what is computed there anew");
      boolean inItself = r.caller().equals(facts.method());
      boolean isHanded = r.varying().contains(facts.values().origin(read.uses().getFirst()));
      report.note(r.at().span(), inItself ? "it calls itself here"
          : compares ? "called in each comparison here"
          : r.loop().isEmpty() ? "called once per element here"
          : isHanded ? "called with another element here" : "called with the same array here");
      r.loop().ifPresent(l -> report.note(l.headerSpan(), "once per iteration of this loop"));
    });
    return repeated.isPresent();
  }

  /** Is it one of many reads of lazy arrays in a list or Java array? */
  private static boolean checkContainer(Force read, Facts facts, Reporter out) {
    Optional<Loop> loop = facts.loops().innermost(read);
    Optional<Repetition> repetition = loop.isPresent() ? Optional.empty() : facts.repetitions().stream()
        .filter(r -> !r.decides()).findFirst();
    Optional<LazyElements.Container> container = loop.filter(l -> matters(read, l, facts))
        .flatMap(l -> LazyElements.of(read, l, facts))
        .or(() -> repetition.flatMap(r -> LazyElements.of(read, r, facts)));
    container.ifPresent(c -> {
      var report = out.report(read, "`" + read.method() + "` waits for one array after the other, although "
          + "all could be computed at once");
      report.note(c.made().span(), "the arrays are only described here");
      loop.ifPresent(l -> report.note(l.headerSpan(), "once per iteration of this loop"));
      repetition.ifPresent(r -> report.note(r.at().span(), "called once per element here"));
      report.fix("compute them all before the first is read", c::fix);
    });
    return container.isPresent();
  }

  /** Does a sort run the method to compare two things? */
  private static boolean compares(Repetition r, Facts facts) {
    return r.at() instanceof Call c && Sorts.compares(c, facts.of(r.caller()).values());
  }

  /** Is it computed of what is compared, as often as that is? */
  private static boolean isComparedAnew(Force read, Repetition r, Facts facts) {
    Value array = facts.values().origin(read.uses().getFirst());
    return compares(r, facts) && facts.evaluation().at(array, read) == State.LAZY
        && facts.values().sources(array, _ -> true).stream().anyMatch(r.varying()::contains);
  }

  /**
   * A loop that runs often and does not read every n-th time only. What was read decides neither its end nor
   * what is read next, but for the time when the next element comes: a search looks at few elements.
   */
  private static boolean matters(Force read, Loop loop, Facts facts) {
    Loops loops = facts.loops();
    return !loops.runsAtMost(loop, 2) && loops.isRepeated(read, loop)
        && !loops.decidesExit(read.value(), loop)
        && (!loops.decidesNext(read.value(), read.uses().getFirst(), loop)
            || isNextElement(read, loop, facts))
        && !loops.isSeldom(read, loop);
  }

  /** Does the loop go from element to element, as a merge of two arrays does? */
  private static boolean isNextElement(Force read, Loop loop, Facts facts) {
    return facts.values().definition(read.uses().getFirst(), Operation.class)
        .filter(o -> o.method().equals("at") && o.uses().stream().skip(1)
            .filter(v -> facts.loops().changesIn(v, loop))
            .allMatch(v -> facts.loops().isWalking(v, loop))).isPresent();
  }

  private static String part(Force read) {
    return read.method().startsWith("item") ? "one element" : "one part";
  }

  private static void report(SecondWait.Pair pair, Span at, String what, Facts facts, Reporter out) {
    out.report(at, what + "; one evaluation could serve both reads")
        .note(pair.first().span(), "the first read waits here")
        .note(pair.loop().headerSpan(), pair.loop().header().predecessors().isEmpty()
            ? "repeated here" : "once per iteration of this loop")
        .fix("evaluate both before the first read", fixes -> {
          Optional<Span> statement = facts.method().site(pair.first()).map(Site::statement);
          if (pair.canMerge() && statement.isPresent()) {
            fixes.insertLineBefore(statement.get(), fixes.mx(statement.get(), "eval") + "("
                + SecondWait.name(pair.one(), facts.values()).orElseThrow() + ", "
                + SecondWait.name(pair.other(), facts.values()).orElseThrow() + ");");
          }
        });
  }
}
