package io.mlxlint.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlxlint.engine.Counters;
import io.mlxlint.mx.MX;
import io.mlxlint.finding.Verification.Ratio;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a whole program before and after all its fixes, each run in a process of its own, in alternating
 * order.
 */
public final class Scenario {

  /**
   * What the pairs showed.
   *
   * @param failure why there are no figures; {@code null} if there are
   */
  public record Result(String failure, int pairs, Ratio time, Ratio memory, long peakBefore, long peakAfter,
      double secondsBefore, double secondsAfter) {

    static Result failed(String reason) {
      return new Result(reason, 0, null, null, 0, 0, 0, 0);
    }
  }

  private final ForkedProcess process;
  private final long limitSeconds;

  Scenario(ForkedProcess process, long limitSeconds) {
    this.process = process;
    this.limitSeconds = limitSeconds;
  }

  Result compare(List<Path> before, List<Path> after, Entry entry, int pairs) throws IOException {
    List<Measurement.Run> first = new ArrayList<>();
    List<Measurement.Run> second = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      for (int turn = 0; turn < 2; turn++) {
        boolean fixed = (turn == 0) == (i % 2 == 1);
        ForkedProcess.Answer<Measurement.Run> run =
            process.run(ProgramRun.class, new ProgramRun.Request(entry), fixed ? after : before, limitSeconds,
                Measurement.Run.class);
        if (run.failure() != null) {
          return Result.failed((fixed ? "with the fixes " : "") + entry + ": " + run.failure());
        }
        (fixed ? second : first).add(run.value());
      }
    }
    double[] timeBefore = first.stream().mapToDouble(Measurement.Run::nanos).toArray();
    double[] timeAfter = second.stream().mapToDouble(Measurement.Run::nanos).toArray();
    double[] peakBefore = first.stream().mapToDouble(Measurement.Run::peakBytes).toArray();
    double[] peakAfter = second.stream().mapToDouble(Measurement.Run::peakBytes).toArray();
    return new Result(null, pairs, Pairs.ratio(timeBefore, timeAfter), Pairs.ratio(peakBefore, peakAfter),
        (long) Pairs.median(peakBefore), (long) Pairs.median(peakAfter), Pairs.median(timeBefore) / 1e9,
        Pairs.median(timeAfter) / 1e9);
  }

  /** The main class of one run: calls the user's main method and reports what the whole run cost. */
  static final class ProgramRun {
    record Request(Entry entry) {}

    private ProgramRun() {}

    public static void main(String[] args) throws Exception {
      ObjectMapper json = new ObjectMapper();
      Entry entry = json.readValue(Path.of(args[0]).toFile(), Request.class).entry();
      long start = System.nanoTime();
      RunningProgram.start(ProgramRun.class.getClassLoader(), entry);
      MX.synchronize();
      long nanos = System.nanoTime() - start;
      Counters counters = MX.counters();
      json.writeValue(Path.of(args[1]).toFile(),
          new Measurement.Run(nanos, MX.getPeakMemory(), counters));
      Runtime.getRuntime().halt(0);
    }
  }
}
