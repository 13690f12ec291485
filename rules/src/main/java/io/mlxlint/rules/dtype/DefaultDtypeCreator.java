package io.mlxlint.rules.dtype;

import io.mlxlint.analysis.dtypes.Promotion;
import io.mlxlint.finding.Fix.Safety;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Method;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.Kind;
import io.mlxlint.op.Sampling;
import io.mlxlint.rule.Facts;
import io.mlxlint.rule.FixBuilder;
import io.mlxlint.rule.Reporter;
import io.mlxlint.rule.Rule;
import io.mlxlint.rule.RuleInfo;
import io.mlxlint.rule.RuleInfo.Cost;
import io.mlxlint.rules.dtype.Upcast.Made;
import java.util.List;

/** An array made without a dtype, float32 by default, that meets half precision. */
public final class DefaultDtypeCreator implements Rule {

  private static final RuleInfo INFO = RuleInfo.of("DTY102", "default-dtype-creator")
      .cost(Cost.PEAK_MEMORY)
      .fix(Safety.UNSAFE)
      .summary("an array made with the default dtype turns a half-precision array into float32")
      .why("""
          `zeros`, `ones`, `linspace`, the random functions and the other creators make float32 unless told \
          otherwise. Combined with float16 or bfloat16 the result is float32: twice the bytes from there \
          on.""")
      .bad("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class Padding {
            static Array run() {
              Array x = MX.arange(12).reshape(3, 4).astype(MX.bfloat16);
              Array rest = MX.zeros(2, 4);
              return MX.concatenate(new Array[] {x, rest}, 0); // expect: default-dtype-creator
            }
          }
          """)
      .good("""
          import io.mlxlint.mx.Array;
          import io.mlxlint.mx.MX;

          class Padding {
            static Array run() {
              Array x = MX.arange(12).reshape(3, 4).astype(MX.bfloat16);
              Array rest = MX.zeros(MX.bfloat16, 2, 4);
              return MX.concatenate(new Array[] {x, rest}, 0);
            }
          }
          """)
      .whenNot("""
          The wider precision is wanted from here on; then `astype(MX.float32)` says so. Integers, \
          such as `arange(n)`, never widen half precision, only what arithmetic with a fraction makes of \
          them. A range above 2048 is not exact in float16. What `gumbel` and `truncatedNormal` draw in \
          half precision is not what they draw in float32, rounded.""")
      .origin("Writing Fast MLX, Type Promotion")
      .build();

  /** A plain number in the place of a scalar array would not help where another array is wide, too. */
  private static final Made MADE =
      new Made(DefaultDtypeCreator::isDefault, ScalarArrayUpcast::isOneNumber);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Method method, Facts facts, Reporter out) {
    for (Upcast upcast : Upcast.in(facts, MADE)) {
      DType half = upcast.half().dtype();
      String creator = "`" + upcast.creator().method() + "`";
      var report = out.report(upcast.at(), (makesIntegers(upcast.creator(), facts)
          ? "integers of " + creator + " became float32" : creator + " made float32") + " by default, so `"
          + upcast.at().method() + "` turns " + half + " into float32");
      report.notes(upcast.half().why().notes());
      report.notes(upcast.wide().why().notes());
      upcast.otherCreators().forEach(o -> report.note(o.span(), "`" + o.method() + "` made a part of it"));
      report.fix("make it " + half, fixes -> fix(upcast, facts, fixes));
    }
  }

  /** It is arithmetic with a fraction that makes floating numbers of them. */
  private static boolean makesIntegers(Operation creator, Facts facts) {
    return facts.owner(creator).stream()
        .flatMap(m -> facts.of(m).intendedDtypes().contexts().stream())
        .flatMap(c -> c.of(creator.value()).stream()).anyMatch(k -> !k.dtype().isFloating());
  }

  private static boolean isDefault(Operation op) {
    boolean creates = switch (op.kind()) {
      case Creation c -> switch (c) {
        case ZEROS, ONES, FULL, ARANGE, LINSPACE, EYE, IDENTITY, TRI -> true;
        // of one number it is a scalar, which another rule is about
        case ARRAY -> op.uses().getFirst().type().isJavaArray();
        // a window takes no dtype, but can be cast
        case BARTLETT, HANNING, HAMMING, BLACKMAN -> true;
        case ZEROS_LIKE, ONES_LIKE, FULL_LIKE, LOAD -> false;
      };
      case Sampling s -> s != Sampling.PERMUTATION;
      case Converting c -> c == Converting.WHERE;
      case Kind _ -> false;
    };
    return creates && op.uses().stream().noneMatch(v -> Promotion.isDType(v.type()));
  }

  /** Does the code run with several dtypes, so that none of them is the one to write? */
  private static boolean meetsOthers(Upcast upcast, Facts facts) {
    return facts.intendedDtypes().contexts().stream().flatMap(c -> c.of(upcast.halfOperand()).stream())
        .anyMatch(k -> k.dtype() != upcast.half().dtype());
  }

  private static void fix(Upcast upcast, Facts facts, FixBuilder fixes) {
    if (meetsOthers(upcast, facts)) {
      return;
    }
    List<Span> arguments = upcast.arguments(facts);
    // each of several keeps it wide, and what is computed of them may need the digits
    if (!upcast.otherCreators().isEmpty() || arguments.isEmpty() || upcast.isNeededWide(facts)) {
      upcast.castWide(facts, fixes);
      return;
    }
    Operation creator = upcast.creator();
    String dtype = fixes.mx(creator.span(), upcast.half().dtype().toString());
    new DtypeArgument(creator, arguments, dtype, fixes).write();
  }
}
