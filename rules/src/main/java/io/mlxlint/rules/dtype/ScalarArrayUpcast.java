package io.mlxlint.rules.dtype;

import io.mlxlint.analysis.dtypes.Promotion;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Method;
import io.mlxlint.model.Site;
import io.mlxlint.model.Value;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import io.mlxlint.rule.RuleInfo.Cost;
import io.mlxlint.rules.dtype.Upcast.Made;
import java.util.List;
import java.util.Optional;

/** A number made into a float32 array before it meets half precision. */
public final class ScalarArrayUpcast implements Rule {
  /** The largest and the smallest positive numbers that float16 can hold. */
  private static final double LARGEST_FLOAT16 = 65504;
  private static final double SMALLEST_FLOAT16 = 0x1p-24;

  private static final RuleInfo INFO = RuleInfo.of("DTY101", "scalar-array-upcast")
      .cost(Cost.PEAK_MEMORY)
      .fix(Safety.UNSAFE)
      .summary("a scalar array of float32 turns a half-precision array into float32")
      .why("""
          `MX.array(2.0)` is an array of float32, and float32 with float16 or bfloat16 gives float32. From \
          there on every result takes twice the bytes. A plain Java number takes the dtype of the array it \
          meets.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class Scaling {
            static Array run() {
              Array x = MX.ones(64, 64).astype(MX.float16);
              return x.multiply(MX.array(0.5)); // expect: scalar-array-upcast
            }
          }
          """)
      .good("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class Scaling {
            static Array run() {
              Array x = MX.ones(64, 64).astype(MX.float16);
              return x.multiply(0.5);
            }
          }
          """)
      .whenNot("""
          The wider precision is wanted from here on; then `astype(MX.float32)` says so. A number that half \
          precision cannot hold, such as 70000.0 in float16, is not reported. On a CPU half precision is \
          slower than float32, so there the gain is memory only.""")
      .origin("Writing Fast MLX, Type Promotion")
      .build();

  private static final Made MADE = new Made(ScalarArrayUpcast::isOneNumber, _ -> false);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    for (Upcast upcast : Upcast.in(facts, MADE)) {
      if (fits(upcast, facts)) {
        DType half = upcast.half().dtype();
        var report =
            out.report(upcast.at(), "the float32 scalar array makes `" + upcast.at().method() + "` turn "
            + half + " into float32");
        report.notes(upcast.half().why().notes());
        boolean isFloating = upcast.wide().origins().stream().allMatch(ScalarArrayUpcast::isScalarArray);
        report.note(upcast.creator().span(), !isFloating ? "an integer in an array that meets a fraction is "
            + "float32 from there on" : "a number in an array is float32; a plain number would stay " + half);
        // an integer has to stay one: what is made of it needs a cast of its own
        if (isFloating) {
          upcast.otherCreators().forEach(o -> report.note(o.span(), "this one makes it float32, too"));
          report.fix(isInline(upcast, facts) ? "use a plain number" : "make it " + half,
              fixes -> fix(upcast, facts, fixes));
        }
      }
    }
    facts.values().all(Operation.class).forEach(op -> checkUnknown(op, facts, out));
  }

  /** Where no caller tells the dtype: a plain number costs nothing and is right for any. */
  private static void checkUnknown(Operation op, Facts facts, Reporter out) {
    List<Value> operands = Promotion.promoted(op, _ -> List.of());
    if (!(op.kind() instanceof Binary) || operands.size() != 2) {
      return;
    }
    for (Value operand : operands) {
      Value other = operands.get(operands.getFirst().equals(operand) ? 1 : 0);
      boolean unknown = facts.intendedDtypes().contexts().stream().allMatch(c -> c.of(other).isEmpty());
      Optional<Operation> creator = facts.values().definition(operand, Operation.class)
          .filter(ScalarArrayUpcast::isScalarArray);
      if (unknown && creator.isPresent() && other.type().isArray()) {
        out.report(op, "the float32 scalar array would turn half precision into float32").plausible()
            .note(creator.get().span(), "a plain number takes the dtype of the array");
      }
    }
  }

  /** {@code MX.array(2.0)}: one floating number and no dtype. */
  private static boolean isScalarArray(Operation op) {
    return isOneNumber(op) && !Promotion.isIntegral(op.uses().getFirst().type());
  }

  static boolean isOneNumber(Operation op) {
    return op.kind() == Creation.ARRAY && op.uses().size() == 1
        && Promotion.isNumber(op.uses().getFirst().type());
  }

  /** Half precision can hold the number, as far as it is known. */
  private static boolean fits(Upcast upcast, Facts facts) {
    return upcast.wide().origins().stream().allMatch(o -> fits(upcast, o, facts));
  }

  private static boolean fits(Upcast upcast, Operation creator, Facts facts) {
    Optional<Object> literal = facts.owner(creator)
        .flatMap(m -> facts.of(m).values().constant(creator.uses().getFirst()));
    if (upcast.half().dtype() != DType.FLOAT16 || !(literal.orElse(null) instanceof Number n)) {
      return true;
    }
    double size = Math.abs(n.doubleValue());
    return size == 0 || Double.isNaN(size) || Double.isInfinite(size)
        || size <= LARGEST_FLOAT16 && size >= SMALLEST_FLOAT16;
  }

  private static void fix(Upcast upcast, Facts facts, FixBuilder fixes) {
    // some of several numbers need their digits until the result is cast: 0.999 is 1 in bfloat16
    if (!upcast.otherCreators().isEmpty() || !isInline(upcast, facts) && upcast.isNeededWide(facts)) {
      upcast.castWide(facts, fixes);
      return;
    }
    Optional<Span> half = upcast.span(upcast.halfOperand(), facts);
    Optional<Span> wide = upcast.span(upcast.wideOperand(), facts);
    List<Span> number = upcast.arguments(facts);
    if (half.isPresent() && wide.isPresent() && number.size() == 1) {
      fix(number.getFirst(), wide.get(), half.get(), upcast, facts, fixes);
    }
  }

  private static void fix(Span number, Span wide, Span half, Upcast upcast, Facts facts,
      FixBuilder fixes) {
    boolean inline = isInline(upcast, facts);
    boolean receiver = wide.start() == upcast.at().span().start();
    if (inline && !receiver) {
      fixes.replace(wide, fixes.text(number));
    } else if (inline && isCommutative(upcast.at())) {
      fixes.replace(upcast.at().span(),
          fixes.text(half) + "." + upcast.at().method() + "(" + fixes.text(number) + ")");
    } else if (!inline) {
      // other uses may need an array, so it only gets the right dtype
      fixes.replace(number,
          fixes.text(number) + ", " + fixes.mx(number, upcast.half().dtype().toString()));
    }
  }

  /** Is the array made where it is used, so that nothing else needs it? */
  private static boolean isInline(Upcast upcast, Facts facts) {
    return upcast.span(upcast.wideOperand(), facts).equals(Optional.of(upcast.creator().span()));
  }

  private static boolean isCommutative(Operation op) {
    return op.kind() instanceof Binary b && switch (b) {
      case ADD, MULTIPLY, MAXIMUM, MINIMUM -> op.uses().size() == 2;
      case SUBTRACT, DIVIDE, FLOOR_DIVIDE, REMAINDER, POWER, LOGADDEXP, ARCTAN2, EQUAL, NOT_EQUAL, LESS,
          LESS_EQUAL,
          GREATER, GREATER_EQUAL, LOGICAL_AND, LOGICAL_OR, LOGICAL_XOR, BITWISE_AND, BITWISE_OR, BITWISE_XOR,
          LEFT_SHIFT, RIGHT_SHIFT -> false;
    };
  }
}
