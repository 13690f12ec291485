package io.mlxlint.op;

/** An operation that can be written with primitives; an engine with a faster way may take it whole. */
public sealed interface Composite extends Op
    permits Reduction.Statistic, Shaping.Stack, Shaping.Repeat, Shaping.Tile, Matrix.AddMM,
        Converting.Clip, Creation.Linspace, Creation.Eye, Creation.Tri, Shaping.Tril, Shaping.Triu,
        Fusing.RmsNorm, Fusing.LayerNorm, Fusing.Rope, Fusing.Attention, Sampling.Distribution {}
