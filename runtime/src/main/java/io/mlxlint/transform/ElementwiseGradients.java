package io.mlxlint.transform;

import io.mlxlint.graph.GraphNode;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Unary;
import io.mlxlint.transform.Gradients.Step;

/** Vector-Jacobian products of unary and binary operations and of where. Operands have the result's shape. */
final class ElementwiseGradients {

  private ElementwiseGradients() {}

  static GraphNode unary(Unary op, Step s) {
    Build b = s.b();
    // f(conj(x)) = conj(f(x)) for all of these, so this gives the conjugate of the derivative
    GraphNode x = op == Unary.ABS ? s.x()[0] : b.conjugate(s.x()[0]);
    GraphNode y = b.conjugate(s.y());
    GraphNode g = s.g();
    return switch (op) {
      case ABS -> b.multiply(g, b.unary(Unary.SIGN, x));
      case REAL -> g;
      case IMAG -> b.multiply(g, b.imaginaryUnit());
      case CONJUGATE -> b.conjugate(g);
      case NEGATIVE -> b.negative(g);
      case SQUARE -> b.multiply(g, b.multiply(x, 2));
      case RECIPROCAL -> b.negative(b.multiply(g, b.square(y)));
      case SQRT -> b.divide(b.multiply(g, 0.5), y);
      case RSQRT -> b.multiply(b.multiply(g, -0.5), b.divide(y, x));
      case EXP -> b.multiply(g, y);
      case EXPM1 -> b.multiply(g, b.add(y, b.like(1, y)));
      case LOG -> b.divide(g, x);
      case LOG2 -> b.divide(g, b.multiply(x, Math.log(2)));
      case LOG10 -> b.divide(g, b.multiply(x, Math.log(10)));
      case LOG1P -> b.divide(g, b.add(x, b.like(1, x)));
      case SIN -> b.multiply(g, b.unary(Unary.COS, x));
      case COS -> b.negative(b.multiply(g, b.unary(Unary.SIN, x)));
      case TAN -> b.divide(g, b.square(b.unary(Unary.COS, x)));
      case ARCSIN -> b.multiply(g, b.unary(Unary.RSQRT, oneMinusSquare(b, x)));
      case ARCCOS -> b.negative(b.multiply(g, b.unary(Unary.RSQRT, oneMinusSquare(b, x))));
      case ARCTAN -> b.divide(g, b.add(b.square(x), b.like(1, x)));
      case SINH -> b.multiply(g, b.unary(Unary.COSH, x));
      case COSH -> b.multiply(g, b.unary(Unary.SINH, x));
      case TANH -> b.multiply(g, oneMinusSquare(b, y));
      case ARCSINH -> b.multiply(g, b.unary(Unary.RSQRT, b.add(b.square(x), b.like(1, x))));
      // two roots, since the root of the product has another cut in the complex plane
      case ARCCOSH -> b.multiply(b.multiply(g, b.unary(Unary.RSQRT, b.subtract(x, b.like(1, x)))),
          b.unary(Unary.RSQRT, b.add(x, b.like(1, x))));
      case ARCTANH -> b.divide(g, oneMinusSquare(b, x));
      case SIGMOID -> b.multiply(g, b.multiply(y, b.subtract(b.like(1, y), y)));
      case ERF -> b.multiply(b.multiply(g, 2 / Math.sqrt(Math.PI)), b.exp(b.negative(b.square(x))));
      case ERFINV -> b.multiply(b.multiply(g, Math.sqrt(Math.PI) / 2), b.exp(b.square(y)));
      case DEGREES -> b.multiply(g, 180 / Math.PI);
      case RADIANS -> b.multiply(g, Math.PI / 180);
      case SIGN, FLOOR, CEIL, TRUNC, ROUND, STOP_GRADIENT, LOGICAL_NOT, BITWISE_INVERT, ISNAN, ISINF,
          ISFINITE, ISPOSINF, ISNEGINF -> null;
    };
  }

  private static GraphNode oneMinusSquare(Build b, GraphNode x) {
    return b.subtract(b.like(1, x), b.square(x));
  }

  static GraphNode[] binary(Binary op, Step s) {
    Build b = s.b();
    boolean picks = op == Binary.MAXIMUM || op == Binary.MINIMUM;
    GraphNode x = picks ? s.x()[0] : b.conjugate(s.x()[0]);
    GraphNode z = picks ? s.x()[1] : b.conjugate(s.x()[1]);
    GraphNode y = b.conjugate(s.y());
    GraphNode g = s.g();
    return switch (op) {
      case ADD -> pair(g, g);
      case SUBTRACT -> pair(g, s.needs(1) ? b.negative(g) : null);
      case MULTIPLY -> pair(s.needs(0) ? b.multiply(g, z) : null, s.needs(1) ? b.multiply(g, x) : null);
      case DIVIDE -> {
        GraphNode share = b.divide(g, z);
        yield pair(share, s.needs(1) ? b.negative(b.multiply(share, y)) : null);
      }
      case REMAINDER -> pair(g, s.needs(1) && z.spec().dtype().isInexact()
          ? b.negative(b.multiply(g, b.unary(Unary.FLOOR, b.divide(x, z))))
          : null);
      case POWER -> pair(
          s.needs(0) ? b.multiply(g, b.multiply(z, b.binary(Binary.POWER, x, oneLess(b, z)))) : null,
          s.needs(1) ? b.multiply(g, whereNonZero(b, y, b.multiply(b.log(x), y))) : null);
      // on ties the second operand counts as the one chosen, as in MLX
      case MAXIMUM -> chosen(s, b.binary(Binary.GREATER, x, z));
      case MINIMUM -> chosen(s, b.binary(Binary.LESS, x, z));
      case LOGADDEXP -> pair(
          s.needs(0) ? b.multiply(g, share(b, x, z, y)) : null,
          s.needs(1) ? b.multiply(g, share(b, z, x, y)) : null);
      case ARCTAN2 -> {
        GraphNode share = b.divide(g, b.add(b.square(x), b.square(z)));
        yield pair(b.multiply(share, z), b.negative(b.multiply(share, x)));
      }
      case FLOOR_DIVIDE, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, LOGICAL_AND, LOGICAL_OR,
          LOGICAL_XOR, BITWISE_AND, BITWISE_OR, BITWISE_XOR, LEFT_SHIFT, RIGHT_SHIFT -> s.none();
    };
  }

  /** The part of y, the logarithm of a sum of exponentials, that comes from x and not from z. */
  private static GraphNode share(Build b, GraphNode x, GraphNode z, GraphNode y) {
    return x.spec().dtype().isComplex() ? b.exp(b.subtract(x, y)) : b.unary(Unary.SIGMOID, b.subtract(x, z));
  }

  /** z - 1, once where z is one number seen many times. */
  private static GraphNode oneLess(Build b, GraphNode z) {
    boolean repeated = z.op() instanceof Shaping.BroadcastTo && z.inputs()[0].spec().shape().size() == 1;
    return b.subtract(repeated ? z.inputs()[0] : z, b.like(1, z));
  }

  private static GraphNode whereNonZero(Build b, GraphNode condition, GraphNode x) {
    return b.mask(b.binary(Binary.NOT_EQUAL, condition, b.like(0, condition)), x);
  }

  private static GraphNode[] chosen(Step s, GraphNode first) {
    Build b = s.b();
    return pair(
        s.needs(0) ? b.mask(first, s.g()) : null,
        s.needs(1) ? b.where(first, b.like(0, s.g()), s.g()) : null);
  }

  static GraphNode[] where(Step s) {
    Build b = s.b();
    GraphNode condition = s.x()[0];
    return new GraphNode[] {
        null,
        s.needs(1) ? b.mask(condition, s.g()) : null,
        s.needs(2) ? b.where(condition, b.like(0, s.g()), s.g()) : null};
  }

  private static GraphNode[] pair(GraphNode first, GraphNode second) {
    return new GraphNode[] {first, second};
  }
}
