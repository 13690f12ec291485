package io.mlxlint.op;

/**
 * An operation that engine {@code java} has a kernel and a gradient for.
 *
 * <p>The kernels get operands that were already cast to the dtype they compute in and broadcast to one shape.
 */
public sealed interface Primitive extends Op
    permits Elementwise, Fused, Reduction.Reduce, Reduction.ArgReduce, Scanning.Scan, Ordering.Sort,
        Ordering.ArgSort, Ordering.SearchSorted, Shaping.Reshape, Shaping.Transpose, Shaping.BroadcastTo,
        Shaping.Concatenate, Shaping.Pad, Slice, Slice.Update, DynamicSlice, DynamicSlice.Update,
        Layout.AsStrided, Layout.Contiguous, Indexing.Gather, Indexing.Scatter, Indexing.TakeAlongAxis,
        Indexing.PutAlongAxis, Matrix.Matmul, Converting.View, Creation.Arange, Fusing.Softmax,
        Fusing.LogSumExp, Sampling.Bits {}
