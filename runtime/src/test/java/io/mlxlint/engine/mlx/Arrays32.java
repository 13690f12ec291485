package io.mlxlint.engine.mlx;

import io.mlxlint.engine.Engine;
import io.mlxlint.engine.Node;
import io.mlxlint.op.DType;
import io.mlxlint.op.Op;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Small float32 arrays through the engine's interface. */
record Arrays32(Engine engine) {

  Node array(Shape shape, float... values) {
    return engine.constant(new Spec(shape, DType.FLOAT32), MemorySegment.ofArray(values));
  }

  Node scalar(float value) {
    return array(Shape.SCALAR, value);
  }

  Node apply(Op op, Node... operands) {
    Spec[] specs = new Spec[operands.length];
    for (int i = 0; i < specs.length; i++) {
      specs[i] = operands[i].spec();
    }
    int stream = engine.streams().defaultStream(engine.streams().defaultDevice());
    return engine.apply(op, operands, op.infer(specs), stream);
  }

  Node sum(Node x) {
    return apply(new Reduction.Reduce(Reduction.SUM, null, false), x);
  }

  float[] values(Node node) {
    return engine.read(node).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
  }
}
