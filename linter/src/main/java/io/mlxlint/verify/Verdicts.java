package io.mlxlint.verify;

import io.mlxlint.engine.Counters;
import io.mlxlint.finding.Verification;
import io.mlxlint.finding.Verification.Ratio;
import io.mlxlint.finding.Verification.Verdict;
import io.mlxlint.rule.RuleInfo.Cost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Turns a measurement into a verdict. */
final class Verdicts {
  /** An interval above this is a gain ... */
  private static final double GAIN = 1.05;
  /** ... and one below this a loss; between them nothing is claimed. */
  private static final double LOSS = 0.95;
  /** Peaks below this are bookkeeping, not the program's arrays. */
  private static final long SMALL_PEAK = 256 << 10;

  private Verdicts() {}

  /** Whether the time or the memory of one measurement alone would make a verdict. */
  static boolean differs(Measurement m) {
    return Stream.of(time(List.of(m)), memory(List.of(m))).anyMatch(r -> r.low() > GAIN || r.high() < LOSS);
  }

  /** The verdict of one measurement, or of two in which the sides changed places and which must agree. */
  static Verification of(Cost primary, List<Measurement> measurements) {
    Optional<Measurement> failed = measurements.stream().filter(f -> f.failure() != null).findFirst();
    if (failed.isPresent()) {
      return new Verification(Verdict.NOT_RUN, failed.get().failure(), null, null, Map.of(),
          failed.get().engine(), failed.get().device());
    }
    Measurement m = measurements.getFirst();
    Ratio time = time(measurements);
    Ratio memory = memory(measurements);
    Map<String, long[]> counters = counters(m);
    Verdict verdict = m.difference() != null
        ? Verdict.CHANGES_RESULT
        : verdict(primary, time, memory, ratio(measurements, run -> run.counters().traces()));
    String reason = reason(verdict, primary, time, memory, m, counters);
    return new Verification(verdict, reason, time, memory, counters, m.engine(), m.device());
  }

  private static Verdict verdict(Cost primary, Ratio time, Ratio memory, Ratio traces) {
    Ratio first = switch (primary) {
      case TIME -> time;
      case PEAK_MEMORY -> memory;
      case TRACES -> traces;
    };
    List<Ratio> all = primary == Cost.TRACES ? List.of(traces, time, memory) : List.of(time, memory);
    boolean gain = all.stream().anyMatch(r -> r.low() > GAIN);
    boolean loss = all.stream().anyMatch(r -> r.high() < LOSS);
    if (gain && loss) {
      return Verdict.TRADE_OFF;
    }
    if (first.low() > GAIN) {
      return Verdict.CONFIRMED;
    }
    return loss ? Verdict.REGRESSED : Verdict.NO_EFFECT;
  }

  private static Ratio time(List<Measurement> measurements) {
    return ratio(measurements, run -> run.nanos());
  }

  private static Ratio memory(List<Measurement> measurements) {
    return ratio(measurements, run -> Math.max(run.peakBytes(), SMALL_PEAK));
  }

  /** The widest interval of the measurements, so that what is outside it is outside each of them. */
  private static Ratio ratio(List<Measurement> measurements, ToDoubleFunction<Measurement.Run> cost) {
    List<Ratio> ratios = measurements.stream()
        .map(m -> Pairs.ratio(m.before().stream().mapToDouble(cost).toArray(),
            m.after().stream().mapToDouble(cost).toArray()))
        .toList();
    return new Ratio(Pairs.median(ratios.stream().mapToDouble(Ratio::median).toArray()),
        ratios.stream().mapToDouble(Ratio::low).min().orElseThrow(),
        ratios.stream().mapToDouble(Ratio::high).max().orElseThrow());
  }

  /** The median of each counter before and after, where they differ. */
  private static Map<String, long[]> counters(Measurement m) {
    Map<String, ToLongFunction<Counters>> names = new LinkedHashMap<>();
    names.put("evaluations", Counters::evaluations);
    names.put("synchronizations", Counters::synchronizations);
    names.put("operations", Counters::operations);
    names.put("kernels", Counters::kernels);
    names.put("bytes moved", Counters::bytesMoved);
    names.put("upcasts", Counters::upcasts);
    names.put("traces", Counters::traces);
    Map<String, long[]> out = new LinkedHashMap<>();
    names.forEach((name, counter) -> {
      long before = median(m.before(), counter);
      long after = median(m.after(), counter);
      if (before != after) {
        out.put(name, new long[] {before, after});
      }
    });
    long peakBefore = (long) Pairs.median(m.before().stream().mapToDouble(Measurement.Run::peakBytes)
        .toArray());
    long peakAfter = (long) Pairs.median(m.after().stream().mapToDouble(Measurement.Run::peakBytes)
        .toArray());
    if (peakBefore != peakAfter && Math.max(peakBefore, peakAfter) > SMALL_PEAK) {
      out.put("peak bytes", new long[] {peakBefore, peakAfter});
    }
    return out;
  }

  private static long median(List<Measurement.Run> runs, ToLongFunction<Counters> counter) {
    return (long) Pairs.median(runs.stream().mapToDouble(run -> counter.applyAsLong(run.counters()))
        .toArray());
  }

  /** The verdict in words: what changed in the results, then the count that tells why. */
  private static String reason(Verdict verdict, Cost primary, Ratio time, Ratio memory, Measurement m,
      Map<String, long[]> counters) {
    StringJoiner words = new StringJoiner("; ");
    if (m.difference() != null) {
      words.add(m.difference());
    }
    if (m.dtypes() != null) {
      words.add(m.dtypes());
    }
    String cause = switch (verdict) {
      case CONFIRMED -> fell(primary, counters);
      case REGRESSED -> rose(time.high() < LOSS, counters);
      case TRADE_OFF, NO_EFFECT, CHANGES_RESULT, NOT_RUN ->
          first(primary, counters, _ -> true).map(name -> became(name, counters)).orElse("");
    };
    if (!cause.isEmpty()) {
      words.add(cause);
    }
    if (verdict == Verdict.NO_EFFECT) { // on the cost that the rule is about
      if (time.low() > GAIN) {
        words.add("less time all the same");
      }
      if (memory.low() > GAIN) {
        words.add("less memory all the same");
      }
    }
    if (words.length() == 0) {
      words.add("both sides do the same work");
    }
    int rounds = m.before().size();
    if (rounds < Schedule.ENOUGH) {
      double seconds = Pairs.median(m.before().stream().mapToDouble(Measurement.Run::nanos).toArray()) / 1e9;
      words.add(String.format(Locale.ROOT, "only %d rounds in the time there is, as one call takes %.1f s",
          rounds, seconds));
    }
    return words.toString();
  }

  private static String fell(Cost primary, Map<String, long[]> counters) {
    return first(primary, counters, c -> c[1] < c[0]).map(name -> became(name, counters))
        .orElseGet(() -> "less " + noun(primary) + otherwise(primary, counters));
  }

  private static String rose(boolean slower, Map<String, long[]> counters) {
    Cost cost = slower ? Cost.TIME : Cost.PEAK_MEMORY;
    return first(cost, counters, c -> c[1] > c[0]).map(name -> became(name, counters))
        .orElseGet(() -> "more " + noun(cost) + otherwise(cost, counters));
  }

  /** No count explains the verdict: whether there is one that speaks against it. */
  private static String otherwise(Cost cost, Map<String, long[]> counters) {
    return first(cost, counters, _ -> true).map(name -> ", though " + became(name, counters))
        .orElse(", same counts");
  }

  private static String noun(Cost cost) {
    return switch (cost) {
      case TIME -> "time";
      case PEAK_MEMORY -> "memory";
      case TRACES -> "tracing";
    };
  }

  private static Optional<String> first(Cost cost, Map<String, long[]> counters, Predicate<long[]> wanted) {
    return counts(cost).stream()
        .filter(name -> counters.containsKey(name) && wanted.test(counters.get(name)))
        .findFirst();
  }

  /** The counts that explain a cost, the most telling first. */
  private static List<String> counts(Cost cost) {
    return switch (cost) {
      case TIME -> List.of("synchronizations", "evaluations", "kernels", "bytes moved", "operations");
      case PEAK_MEMORY -> List.of("peak bytes", "bytes moved");
      case TRACES -> List.of("traces");
    };
  }

  private static String became(String name, Map<String, long[]> counters) {
    long[] count = counters.get(name);
    return String.format(Locale.ROOT, "%,d %s became %,d", count[0], name, count[1]);
  }
}
