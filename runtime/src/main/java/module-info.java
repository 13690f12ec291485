/** Lazy arrays with the semantics of MLX. */
module io.mlxlint.runtime {
  exports io.mlxlint.engine;
  exports io.mlxlint.engine.mlx;
  exports io.mlxlint.mx;
  exports io.mlxlint.mx.nn;
  exports io.mlxlint.mx.optim;
  exports io.mlxlint.op;
}
