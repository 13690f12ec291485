package io.mlxlint.op;

/** An operation that can be written with primitives; an engine with a faster way may take it whole. */
public sealed interface Composite extends Op
    permits Reduction.Statistic, Shaping.Stack, Shaping.Repeat, Shaping.Tile, Matrix.AddMM,
        Convolution.Conv, Converting.Clip, Converting.ToFp8, Converting.FromFp8, Creation.Linspace,
            Creation.Eye,
        Creation.Tri, Creation.Window, Shaping.Tril, Shaping.Triu, Padding, Indexing.MaskedScatter,
        Fusing.RmsNorm, Fusing.LayerNorm, Fusing.Rope, Fusing.Attention,
        Fusing.CrossEntropy, Sampling.Distribution {}
