package io.mlxlint.transform;

import io.mlxlint.graph.Graph;
import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.BFloat16;
import io.mlxlint.op.DType;
import io.mlxlint.op.Shape;
import io.mlxlint.op.Spec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Nodes for numbers that are known when the graph is built; each has one reference, the caller's. */
final class Constants {

  private Constants() {}

  static GraphNode scalar(Graph graph, double value, DType dtype) {
    MemorySegment data = MemorySegment.ofArray(new long[1]);
    switch (dtype) {
      case BOOL -> data.set(ValueLayout.JAVA_BYTE, 0, (byte) (value != 0 ? 1 : 0));
      case UINT8, INT8 -> data.set(ValueLayout.JAVA_BYTE, 0, (byte) (long) value);
      case UINT16, INT16 -> data.set(ValueLayout.JAVA_SHORT, 0, (short) (long) value);
      case UINT32, INT32 -> data.set(ValueLayout.JAVA_INT, 0, (int) (long) value);
      case UINT64, INT64 -> data.set(ValueLayout.JAVA_LONG, 0, (long) value);
      case FLOAT16 -> data.set(ValueLayout.JAVA_SHORT, 0, Float.floatToFloat16((float) value));
      case BFLOAT16 -> data.set(ValueLayout.JAVA_SHORT, 0, BFloat16.bits((float) value));
      case FLOAT32, COMPLEX64 -> data.set(ValueLayout.JAVA_FLOAT, 0, (float) value);
      case FLOAT64 -> data.set(ValueLayout.JAVA_DOUBLE, 0, value);
    }
    return graph.constant(new Spec(Shape.SCALAR, dtype), data.asSlice(0, dtype.itemSize()));
  }

  /** The square root of -1. */
  static GraphNode imaginaryUnit(Graph graph) {
    return graph.constant(new Spec(Shape.SCALAR, DType.COMPLEX64),
        MemorySegment.ofArray(new float[] {0, 1}));
  }

  /** float32[n]. */
  static GraphNode vector(Graph graph, float... values) {
    return graph.constant(new Spec(Shape.of(values.length), DType.FLOAT32), MemorySegment.ofArray(values));
  }
}
