package io.mlxlint.op;

/** A primitive whose operands and result have one shape, each element computed from those at its place. */
public sealed interface Elementwise extends Primitive
    permits Unary, Binary, Converting.Where, Converting.AsType {}
