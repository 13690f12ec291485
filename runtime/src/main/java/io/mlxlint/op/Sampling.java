package io.mlxlint.op;

import java.util.Locale;

/** Random numbers. Each takes a key (uint32[2]) as its first operand; the same key gives the same numbers. */
public enum Sampling implements Kind {
  BITS, SPLIT, UNIFORM, NORMAL, BERNOULLI, RANDINT, TRUNCATED_NORMAL, GUMBEL, LAPLACE, CATEGORICAL,
  PERMUTATION;

  /** With MLX's module, such as {@code random.split}; {@code split} is another kind. */
  @Override
  public String mlxName() {
    return "random." + name().toLowerCase(Locale.ROOT);
  }

  @Override
  public DTypeRule dtypes() {
    return this == CATEGORICAL ? DTypeRule.INDEX : this == PERMUTATION ? DTypeRule.FIRST : DTypeRule.GIVEN;
  }

  /**
   * Operand key: uniformly random bits, {@code width} bytes an element (1, 2 or 4), as an unsigned integer.
   */
  public record Bits(Shape shape, int width) implements Primitive {
    @Override
    public Kind kind() {
      return BITS;
    }

    @Override
    public Spec infer(Spec... operands) {
      requireKey("bits", operands[0]);
      DType dtype = switch (width) {
        case 1 -> DType.UINT8;
        case 2 -> DType.UINT16;
        case 4 -> DType.UINT32;
        default -> throw new IllegalArgumentException("bits: width " + width + " is not 1, 2 or 4");
      };
      return new Spec(shape, dtype);
    }
  }

  /**
   * Operands key, then the distribution's own: low and high (uniform, randint, truncated_normal), p
   * (bernoulli), nothing (normal, gumbel, laplace: standard). The parameters broadcast to {@code shape}.
   */
  public record Distribution(Sampling kind, Shape shape, DType dtype) implements Composite {
    @Override
    public Spec infer(Spec... operands) {
      requireKey(kind.mlxName(), operands[0]);
      for (int i = 1; i < operands.length; i++) {
        if (!Shapes.broadcast(kind.mlxName(), operands[i].shape(), shape).equals(shape)) {
          throw new IllegalArgumentException(kind.mlxName() + ": a parameter of shape " + operands[i].shape()
              + " does not broadcast to " + shape);
        }
      }
      return new Spec(shape, dtype);
    }
  }

  private static void requireKey(String name, Spec key) {
    if (!key.equals(new Spec(Shape.of(2), DType.UINT32))) {
      throw new IllegalArgumentException(name + ": a key is uint32[2], not " + key);
    }
  }
}
