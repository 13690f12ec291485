package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Indexing.Mode;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Spec;
import io.mlxlint.transform.Gradients.Step;
import java.util.Arrays;

/** Vector-Jacobian products of operations that pick elements by index or rank. Indices have no gradient. */
final class IndexingGradients {

  private IndexingGradients() {}

  static GraphNode sort(Ordering.Sort op, Step s) {
    Build b = s.b();
    Ordering kind = op.kind() == Ordering.SORT ? Ordering.ARGSORT : Ordering.ARGPARTITION;
    GraphNode from = b.apply(new Ordering.ArgSort(kind, op.axis(), op.kth()), s.x()[0]);
    return b.apply(new Indexing.PutAlongAxis(Mode.ASSIGN, op.axis()), b.zeros(s.x()[0].spec()), from, s.g());
  }

  static GraphNode gather(Indexing.Gather op, Step s) {
    GraphNode[] operands = new GraphNode[s.x().length + 1];
    operands[0] = s.b().zeros(s.x()[0].spec());
    operands[1] = s.g();
    System.arraycopy(s.x(), 1, operands, 2, s.x().length - 1);
    return s.b().apply(new Indexing.Scatter(Mode.ADD, op.axes()), operands);
  }

  static GraphNode[] scatter(Indexing.Scatter op, Step s) {
    Build b = s.b();
    GraphNode x = s.x()[0];
    GraphNode updates = s.x()[1];
    GraphNode[] out = s.none();
    switch (op.mode()) {
      case ASSIGN -> {
        out[0] = s.needs(0) ? scattered(op, s, Mode.ASSIGN, s.g(), b.zeros(updates.spec())) : null;
        out[1] = s.needs(1) ? gathered(op, s, s.g()) : null;
      }
      case ADD -> {
        out[0] = s.g();
        out[1] = s.needs(1) ? gathered(op, s, s.g()) : null;
      }
      case MULTIPLY -> {
        GraphNode ones = b.full(1, x.spec());
        out[0] = s.needs(0) ? b.multiply(s.g(), scattered(op, s, Mode.MULTIPLY, ones, updates)) : null;
        // wrong where an update is zero: the product of the others is lost
        out[1] = s.needs(1) ? b.divide(gathered(op, s, b.multiply(s.g(), s.y())), updates) : null;
      }
      case MAXIMUM, MINIMUM -> {
        out[0] = s.needs(0) ? b.mask(b.binary(Binary.EQUAL, x, s.y()), s.g()) : null;
        out[1] = s.needs(1)
            ? b.mask(b.binary(Binary.EQUAL, updates, gathered(op, s, s.y())), gathered(op, s, s.g()))
            : null;
      }
    }
    return out;
  }

  /** The blocks of {@code from} that the updates were combined into. */
  private static GraphNode gathered(Indexing.Scatter op, Step s, GraphNode from) {
    Spec updates = s.x()[1].spec();
    int rank = s.shape(0).rank();
    int[] sizes = Arrays.copyOfRange(updates.shape().toArray(), updates.shape().rank() - rank,
        updates.shape().rank());
    GraphNode[] operands = new GraphNode[s.x().length - 1];
    operands[0] = from;
    System.arraycopy(s.x(), 2, operands, 1, operands.length - 1);
    return s.b().apply(new Indexing.Gather(op.axes(), sizes), operands);
  }

  private static GraphNode scattered(Indexing.Scatter op, Step s, Mode mode, GraphNode into,
      GraphNode updates) {
    GraphNode[] operands = s.x().clone();
    operands[0] = into;
    operands[1] = updates;
    return s.b().apply(new Indexing.Scatter(mode, op.axes()), operands);
  }

  static GraphNode takeAlongAxis(Indexing.TakeAlongAxis op, Step s) {
    return s.b().apply(new Indexing.PutAlongAxis(Mode.ADD, op.axis()), s.b().zeros(s.x()[0].spec()), s.x()[1],
        s.g());
  }

  static GraphNode[] putAlongAxis(Indexing.PutAlongAxis op, Step s) {
    Build b = s.b();
    GraphNode x = s.x()[0];
    GraphNode values = s.x()[2];
    GraphNode[] out = s.none();
    switch (op.mode()) {
      case ASSIGN -> {
        out[0] = s.needs(0) ? put(op, s, Mode.ASSIGN, s.g(), b.like(0, s.g())) : null;
        out[2] = s.needs(2) ? taken(op, s, s.g()) : null;
      }
      case ADD -> {
        out[0] = s.g();
        out[2] = s.needs(2) ? taken(op, s, s.g()) : null;
      }
      case MULTIPLY -> {
        GraphNode ones = b.full(1, x.spec());
        out[0] = s.needs(0) ? b.multiply(s.g(), put(op, s, Mode.MULTIPLY, ones, values)) : null;
        out[2] = s.needs(2) ? b.divide(taken(op, s, b.multiply(s.g(), s.y())), values) : null;
      }
      case MAXIMUM, MINIMUM -> {
        out[0] = s.needs(0) ? b.mask(b.binary(Binary.EQUAL, x, s.y()), s.g()) : null;
        out[2] = s.needs(2)
            ? b.mask(b.binary(Binary.EQUAL, values, taken(op, s, s.y())), taken(op, s, s.g()))
            : null;
      }
    }
    return out;
  }

  private static GraphNode put(Indexing.PutAlongAxis op, Step s, Mode mode, GraphNode into,
      GraphNode values) {
    return s.b().apply(new Indexing.PutAlongAxis(mode, op.axis()), into, s.x()[1], values);
  }

  private static GraphNode taken(Indexing.PutAlongAxis op, Step s, GraphNode from) {
    return s.b().apply(new Indexing.TakeAlongAxis(op.axis()), from, s.x()[1]);
  }
}
