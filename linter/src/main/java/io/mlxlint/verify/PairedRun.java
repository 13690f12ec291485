package io.mlxlint.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlxlint.mx.Engines;
import io.mlxlint.mx.MX;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The main class of the forked process: reads a {@link Job}, measures, writes a {@link Measurement}. */
final class PairedRun {
  private static final int MAX_PAIRS = 21;
  private static final int MIN_PAIRS = 5;
  /**
   * A call shorter than this is repeated inside one measurement, so that the clock and the collector matter
   * less.
   */
  private static final long SHORTEST_BLOCK_NANOS = 10_000_000;

  private PairedRun() {}

  public static void main(String[] args) throws Exception {
    ObjectMapper json = new ObjectMapper();
    Job job = json.readValue(Path.of(args[0]).toFile(), Job.class);
    // The user's program may print; nobody reads it here.
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    Measurement measurement;
    try {
      measurement = measure(job);
    } catch (RunningProgram.CallFailed e) {
      measurement = Measurement.failed("the method cannot be called twice: " + e.getMessage());
    } catch (OutOfMemoryError e) {
      measurement = Measurement.failed("out of memory");
    }
    json.writeValue(Path.of(args[1]).toFile(), measurement);
    // The programs' threads wait in the method they were stopped in.
    Runtime.getRuntime().halt(0);
  }

  private static Measurement measure(Job job) throws Exception {
    List<String> reasons = new ArrayList<>();
    for (Entry entry : job.entries()) {
      Optional<Method> target = loader(job, job.before()).target();
      if (target.isEmpty()) {
        return Measurement.failed("there is no method " + job.method().name() + " to call");
      }
      RunningProgram before = program(job, job.before());
      Optional<String> failure = before.reach(entry, job.reachMillis());
      RunningProgram after = null;
      if (failure.isEmpty()) {
        after = program(job, job.after());
        failure = after.reach(entry, job.reachMillis()).map(reason -> "with the fix " + reason);
      }
      if (failure.isEmpty()) {
        return compare(job, before, after, entry);
      }
      reasons.add(failure.get());
    }
    return Measurement.failed(String.join("; ", reasons));
  }

  private static ProbedLoader loader(Job job, List<String> folders) {
    return new ProbedLoader(folders.stream().map(Path::of).toList(),
        job.classPath().stream().map(Path::of).toList(), job.method());
  }

  private static RunningProgram program(Job job, List<String> folders) throws ClassNotFoundException {
    ProbedLoader loader = loader(job, folders);
    return new RunningProgram(loader, loader.target().orElseThrow());
  }

  /**
   * Whether the code as it is gives the same once more. Where it does not, as on a GPU that adds up in any order or
   * without a seed, a difference says nothing about the fix.
   */
  private static boolean repeatsItself(Job job, Entry entry, Results first) throws Exception {
    RunningProgram again = program(job, job.before());
    return again.reach(entry, job.reachMillis()).isEmpty()
        && first.compare(again.call(1).results()).difference() == null;
  }

  /** Enough for the faster side to be measured, as long as the slower one stays within its share of the budget. */
  private static int repeats(long oneNanos, long otherNanos, long budgetNanos) {
    long wanted = SHORTEST_BLOCK_NANOS / Math.max(1, Math.min(oneNanos, otherNanos));
    long affordable = budgetNanos / MIN_PAIRS / Math.max(1, Math.max(oneNanos, otherNanos));
    return (int) Math.clamp(Math.min(wanted, affordable), 1, 1_000);
  }

  private static Measurement compare(Job job, RunningProgram before, RunningProgram after, Entry entry)
      throws Exception {
    // The first calls start from equal states, so their results are the ones to compare.
    RunningProgram.Outcome first = before.call(1);
    RunningProgram.Outcome second = after.call(1);
    Results.Comparison results = first.results().compare(second.results());
    boolean changed = results.difference() != null && repeatsItself(job, entry, first.results());

    long budgetNanos = job.budgetMillis() * 1_000_000;
    long deadline = System.nanoTime() + budgetNanos;
    long warmEnd = System.nanoTime() + budgetNanos / 5;
    long beforeNanos = Long.MAX_VALUE;
    long afterNanos = Long.MAX_VALUE;
    int warm = 0;
    do {
      beforeNanos = Math.min(beforeNanos, before.call(1).run().nanos());
      afterNanos = Math.min(afterNanos, after.call(1).run().nanos());
      warm++;
    } while (warm < 30 && System.nanoTime() < warmEnd);

    int repeats = repeats(beforeNanos, afterNanos, budgetNanos);
    List<Measurement.Run> runsBefore = new ArrayList<>();
    List<Measurement.Run> runsAfter = new ArrayList<>();
    while (runsBefore.size() < MAX_PAIRS
        && (runsBefore.size() < MIN_PAIRS || System.nanoTime() < deadline)) {
      // Alternating order: neither side is always the one that runs on the other's warm caches.
      if (runsBefore.size() % 2 == 0) {
        runsBefore.add(before.call(repeats).run());
        runsAfter.add(after.call(repeats).run());
      } else {
        runsAfter.add(after.call(repeats).run());
        runsBefore.add(before.call(repeats).run());
      }
    }
    return new Measurement(null, entry.toString(), runsBefore, runsAfter,
        changed ? results.difference() : null, results.dtypes(), Engines.current().name(), MX.defaultDevice().toString());
  }
}
