package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Index;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Random;
import io.mlxlint.mx.ValueAndGrad;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** A search over settings; trials are independent and each reads its own result. */
final class HyperSearch {

  record Setting(double rate, int width, boolean normalize) {}

  record Trial(Setting setting, double loss) implements Comparable<Trial> {
    @Override
    public int compareTo(Trial other) {
      return Double.compare(loss, other.loss);
    }
  }

  private final Array x;
  private final Array y;

  HyperSearch(Array x, Array y) {
    this.x = x;
    this.y = y;
  }

  private Array features(Setting setting) {
    Array wide = x.matmul(MX.ones(x.shape(1), setting.width()).multiply(0.1)).tanh();
    return setting.normalize() ? wide.subtract(wide.mean(0)) : wide;
  }

  /** Trains one trial: one evaluation per step, one read at the end. */
  private Trial run(Setting setting) {
    Array f = features(setting);
    Array w = MX.zeros(setting.width(), 1);
    MX.eval(f, w);
    ValueAndGrad lossAndGrad = MX.valueAndGrad(p -> f.matmul(p).subtract(y).square().mean());
    for (int step = 0; step < 20; step++) {
      Array before = w;
      w = MX.tidy(() -> before.subtract(lossAndGrad.apply(before).grad().multiply(setting.rate())));
      MX.eval(w);
    }
    return new Trial(setting, f.matmul(w).subtract(y).square().mean().item());
  }

  Trial best(List<Setting> settings) {
    return settings.stream().map(this::run).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** Halves the field in each round. */
  List<Trial> halving(List<Setting> settings) {
    List<Setting> left = new ArrayList<>(settings);
    List<Trial> log = new ArrayList<>();
    while (left.size() > 1) {
      List<Trial> round = new ArrayList<>(left.stream().map(this::run).toList());
      Collections.sort(round);
      log.addAll(round);
      left = new ArrayList<>(round.subList(0, round.size() / 2).stream().map(Trial::setting).toList());
    }
    return log;
  }

  public static void main(String[] args) {
    Array x = Random.normal(40, 6);
    Array y = x.at(Index.all(), Index.slice(0, 1));
    MX.eval(x, y);
    HyperSearch search = new HyperSearch(x, y);
    List<Setting> settings = new ArrayList<>();
    for (int width : new int[] {4, 8}) {
      for (double rate : new double[] {0.1, 0.01}) {
        settings.add(new Setting(rate, width, width > 4));
      }
    }
    System.out.println(search.best(settings) + " " + search.halving(settings).size());
  }
}
