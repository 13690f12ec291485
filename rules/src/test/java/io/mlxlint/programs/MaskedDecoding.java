package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.Compiled;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Linear;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Constrained decoding: masks per state, a grammar on the host, a lazy capture that changes. */
final class MaskedDecoding {
  private static final int VOCABULARY = 32;

  enum State { START, NUMBER, END }

  private final Map<State, Array> masks = new EnumMapOfMasks();
  private final Linear head = new Linear(VOCABULARY, VOCABULARY);

  /** A map that fills itself. */
  private static final class EnumMapOfMasks extends HashMap<State, Array> {
    EnumMapOfMasks() {
      for (State state : State.values()) {
        Array allowed = MX.arange(VOCABULARY).remainder(state.ordinal() + 2L).equal(0L);
        put(state, MX.where(allowed, 0.0, -1e9));
      }
      MX.eval(this);
    }
  }

  private static State next(State state, int token) {
    return switch (state) {
      case START -> token % 2 == 0 ? State.NUMBER : State.START;
      case NUMBER -> token > 20 ? State.END : State.NUMBER;
      case END -> State.END;
    };
  }

  /** The token decides the next state. */
  List<Integer> generate(int limit) {
    List<Integer> out = new ArrayList<>();
    State state = State.START;
    Array x = MX.zeros(VOCABULARY);
    while (state != State.END && out.size() < limit) {
      Array logits = head.apply(x).add(masks.get(state));
      int token = logits.argmax().itemInt();
      out.add(token);
      state = next(state, token);
      x = MX.arange(VOCABULARY).equal(token).astype(MX.float32);
    }
    return out;
  }

  /** The bias is computed in each call of the compiled function. */
  List<Integer> compiled(int limit) {
    Array bias = masks.get(State.START).add(masks.get(State.NUMBER)).exp().cumsum();
    Compiled step = MX.compile(x -> head.apply(x).subtract(bias)); // expect: lazy-capture
    List<Integer> out = new ArrayList<>();
    Array x = MX.zeros(VOCABULARY);
    for (int i = 0; i < limit; i++) {
      int token = step.apply(x).argmax().itemInt();
      out.add(token);
      x = MX.arange(VOCABULARY).equal(token).astype(MX.float32);
    }
    return out;
  }

  public static void main(String[] args) {
    MaskedDecoding decoding = new MaskedDecoding();
    MX.eval(decoding.head);
    System.out.println(decoding.generate(20) + " " + decoding.compiled(10));
  }
}
