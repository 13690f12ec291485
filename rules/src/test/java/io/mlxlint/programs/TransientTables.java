package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Embedding;
import io.mlxlint.mx.nn.LayerNorm;
import io.mlxlint.mx.nn.Linear;
import io.mlxlint.mx.nn.Module;

/** Tables in transient fields are no parameters: casting the module leaves them as they are. */
final class TransientTables {
  static final class Block extends Module {
    final LayerNorm norm = new LayerNorm(16);
    final Linear linear = new Linear(16, 16);

    @Override
    protected Array forward(Array x, Array mask) {
      return linear.apply(norm.apply(x)).matmul(x.T()).add(mask);
    }
  }

  /** The positions are float32 on purpose, and with them all that follows. */
  static final class InFull extends Module {
    final Embedding tokens = new Embedding(32, 16);
    final Block block = new Block();
    private final transient Array positions = MX.outer(MX.arange(4), MX.arange(16)).astype(MX.float32);

    Array scores(Array ids) {
      Array x = tokens.apply(ids).add(positions);
      return block.apply(x, MX.zeros(4, 4));
    }
  }

  /** The positions became float32 by accident. */
  static final class InHalf extends Module {
    final Embedding tokens = new Embedding(32, 16);
    private final transient Array positions = MX.outer(MX.arange(4), MX.arange(16)).multiply(0.1);

    @Override
    protected Array forward(Array ids) {
      return tokens.apply(ids).add(positions); // expect: default-dtype-creator
    }
  }

  /** A parameter is cast with its module. */
  static final class Learned extends Module {
    final Embedding tokens = new Embedding(32, 16);
    final Array positions = parameter(MX.zeros(4, 16));

    @Override
    protected Array forward(Array ids) {
      return tokens.apply(ids).add(positions);
    }
  }

  static void run() {
    Array ids = MX.arange(4);
    InFull full = new InFull();
    full.setDtype(MX.float16);
    InHalf half = new InHalf();
    half.setDtype(MX.float16);
    Learned learned = new Learned();
    learned.setDtype(MX.float16);
    MX.eval(full.scores(ids), half.apply(ids), learned.apply(ids));
  }
}
