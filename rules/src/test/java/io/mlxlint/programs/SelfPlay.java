package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.Scope;
import io.mlxlint.mx.ValueAndGrad;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Losses;
import io.mlxlint.mx.nn.NN;
import io.mlxlint.mx.nn.Sequential;
import io.mlxlint.mx.optim.Adam;
import java.util.ArrayList;
import java.util.List;

/** Two players and one network; games are played, stored and learnt from in turns. */
final class SelfPlay {
  private static final int BOARD = 9;

  record Position(double[] cells, int move, double outcome) {}

  private final Sequential network = new Sequential(new Linear(BOARD, 24), NN::relu, new Linear(24, BOARD));
  private final Adam optimizer = new Adam(1e-3);
  private final ValueAndGrad lossAndGrads = NN.valueAndGrad(network,
      (x, y) -> Losses.crossEntropy(network.apply(x), y, Losses.Reduction.MEAN));
  private final List<Position> memory = new ArrayList<>();
  private final java.util.Random dice = new java.util.Random(2);

  /** The best legal move; the numbers of all moves come in one read. */
  private int choose(double[] cells) {
    double[] scores = network.apply(MX.array(cells)).toDoubleArray();
    int best = -1;
    for (int i = 0; i < BOARD; i++) {
      if (cells[i] == 0 && (best < 0 || scores[i] > scores[best])) {
        best = i;
      }
    }
    return best;
  }

  void play() {
    double[] cells = new double[BOARD];
    List<Position> game = new ArrayList<>();
    int player = 1;
    for (int turn = 0; turn < BOARD; turn++) {
      int move = dice.nextInt(4) == 0 ? free(cells) : choose(cells);
      game.add(new Position(cells.clone(), move, player));
      cells[move] = player;
      player = -player;
    }
    memory.addAll(game);
  }

  private int free(double[] cells) {
    int at = dice.nextInt(BOARD);
    while (cells[at] != 0) {
      at = (at + 1) % BOARD;
    }
    return at;
  }

  /** One batch from memory; the step is built in a scope and evaluated after it. */
  double learn(int batch) {
    List<Position> chosen = dice.ints(batch, 0, memory.size()).mapToObj(memory::get).toList();
    Array x = MX.array(chosen.stream().map(Position::cells).toArray(double[][]::new));
    Array y = MX.array(chosen.stream().mapToInt(Position::move).toArray());
    Array loss;
    try (Scope scope = MX.scope()) {
      ValueAndGrad.Result result = lossAndGrads.apply(x, y);
      optimizer.update(network, result.gradsByName());
      loss = scope.keep(result.value());
    }
    MX.eval(network, optimizer, loss);
    return loss.item();
  }

  public static void main(String[] args) {
    SelfPlay self = new SelfPlay();
    MX.eval(self.network);
    double loss = 0;
    for (int round = 0; round < 5; round++) {
      for (int game = 0; game < 3; game++) {
        self.play();
      }
      loss = self.learn(8);
    }
    System.out.println(loss + " " + self.memory.size());
  }
}
