package io.mlxlint.op;

/**
 * Elements of the operand itself around it: {@code low[i]} before and {@code high[i]} after dimension i.
 * {@link Shaping.Pad} pads with a value.
 */
public record Padding(Mode mode, int[] low, int[] high) implements Composite {

  /** Which elements stand outside: a, b, c goes on as c, c or b, a or c, b. */
  public enum Mode { EDGE, REFLECT, SYMMETRIC }

  @Override
  public Kind kind() {
    return Shaping.PAD;
  }

  @Override
  public Spec infer(Spec... operands) {
    Spec out = new Shaping.Pad(low, high).infer(operands);
    Shape x = operands[0].shape();
    for (int i = 0; i < low.length; i++) {
      if (x.dim(i) == 0 && out.shape().dim(i) > 0) {
        throw new IllegalArgumentException("pad: axis " + i + " of shape " + x
            + " is empty, pad it with a value");
      }
    }
    return out;
  }
}
