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
import java.util.concurrent.TimeoutException;

/** The main class of the forked process: reads a {@link Job}, measures, writes a {@link Measurement}. */
final class PairedRun {
  /**
   * A call shorter than this is repeated inside one measurement, so that the clock and the collector matter
   * less.
   */
  private static final long SHORTEST_BLOCK_NANOS = 10_000_000;
  /** Two runs of the same code may be closer to each other, by chance, than two others. */
  private static final double NOISE = 10;

  private final Job job;
  private final long planEnd;
  private final long deadline;

  private PairedRun(Job job) {
    this.job = job;
    long now = System.nanoTime();
    this.planEnd = now + job.planMillis() * 1_000_000;
    this.deadline = now + job.limitMillis() * 1_000_000;
  }

  public static void main(String[] args) throws Exception {
    ObjectMapper json = new ObjectMapper();
    PairedRun run = new PairedRun(json.readValue(Path.of(args[0]).toFile(), Job.class));
    // The user's program may print; nobody reads it here.
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    Measurement measurement;
    try {
      measurement = run.measure();
    } catch (RunningProgram.CallFailed e) {
      measurement = Measurement.failed("the method cannot be called twice: " + e.getMessage());
    } catch (OutOfMemoryError e) {
      measurement = Measurement.failed("out of memory");
    }
    json.writeValue(Path.of(args[1]).toFile(), measurement);
    // The programs' threads wait in the method they were stopped in.
    Runtime.getRuntime().halt(0);
  }

  private Measurement measure() throws Exception {
    List<String> reasons = new ArrayList<>();
    for (Entry entry : job.entries()) {
      Optional<Method> target = loader(job.before()).target();
      if (target.isEmpty()) {
        return Measurement.failed("there is no method " + job.method().name() + " to call");
      }
      RunningProgram before = program(job.before());
      Optional<String> failure = before.reach(entry, reachMillis());
      RunningProgram after = null;
      if (failure.isEmpty()) {
        after = program(job.after());
        failure = after.reach(entry, reachMillis()).map(reason -> "with the fix " + reason);
      }
      if (failure.isEmpty()) {
        return compare(before, after, entry);
      }
      reasons.add(failure.get());
    }
    return Measurement.failed(String.join("; ", reasons));
  }

  private ProbedLoader loader(List<String> folders) {
    return new ProbedLoader(folders.stream().map(Path::of).toList(),
        job.classPath().stream().map(Path::of).toList(), job.method());
  }

  private RunningProgram program(List<String> folders) throws ClassNotFoundException {
    ProbedLoader loader = loader(folders);
    return new RunningProgram(loader, loader.target().orElseThrow());
  }

  private long reachMillis() {
    return Math.clamp((deadline - System.nanoTime()) / 1_000_000, 0, job.reachMillis());
  }

  /** One call of each side, or one block of calls. */
  private record Round(Measurement.Run before, Measurement.Run after, long wallNanos) {}

  /** The same with what the calls returned, which nobody keeps for long. */
  private record Calls(RunningProgram.Outcome before, RunningProgram.Outcome after, long wallNanos) {
    Round round() {
      return new Round(before.run(), after.run(), wallNanos);
    }
  }

  private Calls call(RunningProgram before, RunningProgram after, int repeats, boolean beforeFirst)
      throws InterruptedException, TimeoutException {
    long start = System.nanoTime();
    RunningProgram.Outcome first = (beforeFirst ? before : after).call(repeats, deadline);
    RunningProgram.Outcome second = (beforeFirst ? after : before).call(repeats, deadline);
    return new Calls(beforeFirst ? first : second, beforeFirst ? second : first, System.nanoTime() - start);
  }

  private Measurement compare(RunningProgram before, RunningProgram after, Entry entry) throws Exception {
    long start = System.nanoTime();
    Calls first;
    boolean changed;
    Results.Comparison results;
    try {
      // The first calls start from equal states, so their results are the ones to compare.
      first = call(before, after, 1, true);
      results = first.before.results().compare(first.after.results());
      changed = results.difference() != null
          && isBeyondNoise(entry, first.before.results(), first.after.results());
    } catch (TimeoutException e) {
      return Measurement.failed(Schedule.tooLong(System.nanoTime() - start));
    }
    List<Round> rounds = rounds(before, after, first.round());
    if (rounds.size() < Schedule.FEWEST) {
      return Measurement.failed(Schedule.tooLong(first.wallNanos));
    }
    return new Measurement(null, entry.toString(), rounds.stream().map(Round::before).toList(),
        rounds.stream().map(Round::after).toList(), changed ? results.difference() : null, results.dtypes(),
        Engines.current().name(), MX.defaultDevice().toString());
  }

  /**
   * Warms up and measures, as the schedule says. A round that the deadline cuts off is dropped, and no other.
   *
   * @param first counts as a measurement only where there is no time for others
   */
  private List<Round> rounds(RunningProgram before, RunningProgram after, Round first)
      throws InterruptedException {
    long budgetNanos = job.budgetMillis() * 1_000_000;
    Schedule schedule = new Schedule(System.nanoTime(), budgetNanos, planEnd, deadline);
    List<Round> rounds = new ArrayList<>();
    try {
      long fastestBefore = first.before.nanos();
      long fastestAfter = first.after.nanos();
      long wall = first.wallNanos;
      for (int warm = 0; schedule.warms(warm, wall, System.nanoTime()); warm++) {
        Round round = call(before, after, 1, true).round();
        fastestBefore = Math.min(fastestBefore, round.before.nanos());
        fastestAfter = Math.min(fastestAfter, round.after.nanos());
        wall = round.wallNanos;
      }
      int repeats = repeats(fastestBefore, fastestAfter, budgetNanos);
      while (schedule.measures(rounds.size(), wall, System.nanoTime())) {
        // Alternating order: neither side is always the one that runs on the other's warm caches.
        Round round = call(before, after, repeats, rounds.size() % 2 == 0).round();
        rounds.add(round);
        wall = round.wallNanos;
      }
    } catch (TimeoutException e) {
      // what was measured until then stands
    }
    if (rounds.size() < Schedule.FEWEST) {
      rounds.addFirst(first);
    }
    return rounds;
  }

  /** Enough for the faster side to be measured, while the slower one stays within its share of the budget. */
  private static int repeats(long oneNanos, long otherNanos, long budgetNanos) {
    long wanted = SHORTEST_BLOCK_NANOS / Math.max(1, Math.min(oneNanos, otherNanos));
    long affordable = budgetNanos / Schedule.ENOUGH / Math.max(1, Math.max(oneNanos, otherNanos));
    return (int) Math.clamp(Math.min(wanted, affordable), 1, 1_000);
  }

  /**
   * Whether the results differ more than the code as it is does when it is run once more. On a GPU that adds
   * up in any order, or without a seed, a difference says nothing about the fix.
   */
  private boolean isBeyondNoise(Entry entry, Results before, Results after) throws Exception {
    RunningProgram program = program(job.before());
    if (program.reach(entry, reachMillis()).isPresent()) {
      return false;
    }
    Results again = program.call(1, deadline).results();
    return before.compare(again).difference() == null
        && before.distance(after) > NOISE * before.distance(again);
  }
}
