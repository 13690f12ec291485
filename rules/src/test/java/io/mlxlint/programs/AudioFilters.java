package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Filters over blocks of a signal: each keeps what it needs of the block before. */
final class AudioFilters {

  /** A stage of the chain. */
  abstract static class Filter {
    abstract Array process(Array block);

    void reset() {}
  }

  static final class Echo extends Filter {
    private Array tail;

    Echo(int size) {
      tail = MX.zeros(size);
    }

    @Override
    Array process(Array block) {
      Array out = block.add(tail.multiply(0.5));
      tail = out;
      return out;
    }
  }

  /** A level meter that is asked at the end. */
  static final class Meter extends Filter {
    private Array energy = MX.array(0.0);
    private Array peak = MX.array(0.0);

    @Override
    Array process(Array block) {
      energy = energy.add(block.square().sum()); // expect: unevaluated-loop-state
      peak = MX.maximum(peak, block.abs().max()); // expect: unevaluated-loop-state
      return block;
    }

    double level() {
      return Math.sqrt(energy.item()) / Math.max(1e-9, peak.item());
    }
  }

  /** Remembers the gain and evaluates it when it changes. */
  static final class Limiter extends Filter {
    private Array gain = MX.array(1.0);

    @Override
    Array process(Array block) {
      gain = MX.minimum(gain.multiply(1.01), MX.divide(1.0, block.abs().max().add(0.1)));
      Array out = block.multiply(gain);
      MX.eval(out);
      return out;
    }
  }

  private final List<Filter> chain;

  AudioFilters(Filter... filters) {
    chain = List.of(filters);
  }

  /** The output of each block is fetched and written. */
  double play(int blocks, int size, DoubleConsumer speaker) {
    double loudest = 0;
    for (int b = 0; b < blocks; b++) {
      Array block = MX.sin(MX.linspace(b, b + 1.0, size));
      for (Filter filter : chain) {
        block = filter.process(block);
      }
      float[] samples = block.toFloatArray();
      for (float sample : samples) {
        speaker.accept(sample);
        loudest = Math.max(loudest, Math.abs(sample));
      }
    }
    return loudest;
  }

  public static void main(String[] args) {
    Meter meter = new Meter();
    double[] sum = new double[1];
    AudioFilters filters = new AudioFilters(new Echo(64), meter, new Limiter());
    double loudest = filters.play(200, 64, s -> sum[0] += s);
    System.out.println(loudest + sum[0] + meter.level());
  }
}
