package io.mlxlint.programs;

import io.mlxlint.mx.Array;
import io.mlxlint.mx.MX;
import io.mlxlint.mx.nn.Embedding;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Generation as an iterator, once waiting for each token and once a token ahead. */
final class TokenIterator {
  private static final int VOCABULARY = 80;

  private final Embedding table = new Embedding(VOCABULARY, VOCABULARY);

  private Array next(Array token) {
    return table.apply(token).argmax(-1);
  }

  /** The consumer needs each token: one read per call is right. */
  final class Plain implements Iterator<Integer> {
    private Array last;
    private int left;

    Plain(int first, int count) {
      last = MX.array(new int[] {first});
      left = count;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public Integer next() {
      if (left-- <= 0) {
        throw new NoSuchElementException("no token is left");
      }
      last = TokenIterator.this.next(last);
      return last.itemInt();
    }
  }

  /** Computes the next token while the consumer works on this one. */
  final class Ahead implements Iterator<Integer> {
    private Array pending;
    private int left;

    Ahead(int first, int count) {
      pending = MX.asyncEval(TokenIterator.this.next(MX.array(new int[] {first})));
      left = count;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public Integer next() {
      left--;
      Array current = pending;
      pending = MX.asyncEval(TokenIterator.this.next(current));
      return current.itemInt();
    }
  }

  String text(Iterator<Integer> tokens) {
    StringBuilder out = new StringBuilder();
    tokens.forEachRemaining(t -> out.append((char) (' ' + t)));
    return out.toString();
  }

  Iterable<Integer> tokens(int first, int count) {
    return () -> new Ahead(first, count);
  }

  public static void main(String[] args) {
    TokenIterator model = new TokenIterator();
    MX.eval(model.table);
    System.out.println(model.text(model.new Plain(1, 40)));
    int sum = 0;
    for (int token : model.tokens(1, 40)) {
      sum += token;
    }
    System.out.println(sum);
  }
}
