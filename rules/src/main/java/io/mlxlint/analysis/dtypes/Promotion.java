package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import io.mlxlint.op.Binary;
import io.mlxlint.op.Converting;
import io.mlxlint.op.Convolution;
import io.mlxlint.op.Creation;
import io.mlxlint.op.DType;
import io.mlxlint.op.DTypeRule;
import io.mlxlint.op.Derived;
import io.mlxlint.op.Fusing;
import io.mlxlint.op.Indexing;
import io.mlxlint.op.Kind;
import io.mlxlint.op.Matrix;
import io.mlxlint.op.Ordering;
import io.mlxlint.op.Reduction;
import io.mlxlint.op.Sampling;
import io.mlxlint.op.Scanning;
import io.mlxlint.op.Shaping;
import io.mlxlint.op.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The dtype of an operation's result, by the runtime's own rules. */
public final class Promotion {
  private static final String BOXED = "java.lang.";

  private Promotion() {}

  /**
   * The operands whose dtypes are promoted to a common one, in order.
   *
   * @param parts what is known to be in a container; an operand with parts is replaced by them
   */
  public static List<Value> promoted(Operation op, Function<Value, List<Value>> parts) {
    return promoted(op).stream()
        .flatMap(v -> v.type().isArray() || parts.apply(v).isEmpty() ? Stream.of(v) : parts.apply(v).stream())
            .toList();
  }

  private static List<Value> promoted(Operation op) {
    List<Value> arrays = op.uses().stream().filter(v -> mayHoldArrays(v.type())).toList();
    return switch (op.kind()) {
      case Binary _, Matrix _, Convolution _ -> arrays;
      case Converting c -> switch (c) {
        case WHERE -> arrays.isEmpty() ? arrays : arrays.subList(1, arrays.size());
        case CLIP -> arrays;
        case ASTYPE, VIEW, TO_FP8, FROM_FP8 -> first(arrays);
      };
      case Fusing f -> switch (f) {
        case RMS_NORM, LAYER_NORM -> arrays;
        case SCALED_DOT_PRODUCT_ATTENTION -> arrays.subList(0, Math.min(3, arrays.size()));
        case SOFTMAX, LOGSUMEXP, CROSS_ENTROPY -> first(arrays);
        // the receiver may be a module
        case ROPE -> first(arrays.stream().filter(v -> v.type().isArray()).toList());
      };
      case Shaping s -> s == Shaping.CONCATENATE || s == Shaping.STACK ? arrays : first(arrays);
      case Derived d -> switch (d) {
        case POSITIVE, HADAMARD_TRANSFORM, NAN_TO_NUM, TRACE, DIFF, UNSTACK -> first(arrays);
        case DIVMOD, ISCLOSE, ALLCLOSE, ARRAY_EQUAL, INNER, OUTER, TENSORDOT, EINSUM, VECDOT, KRON,
            BROADCAST_ARRAYS, MESHGRID -> arrays;
        case GATHER_MM, SEGMENTED_MM -> arrays.subList(0, Math.min(2, arrays.size()));
      };
      case Unary _, Reduction _, Scanning _, Ordering _, Indexing _, Creation _, Sampling _ -> first(arrays);
    };
  }

  /** May values of this type be arrays, or contain some? */
  static boolean mayHoldArrays(Type type) {
    return !isNumber(type) && !type.name().equals("boolean") && !type.name().equals(BOXED + "Boolean")
        && !type.name().equals(BOXED + "String") && !type.name().equals("null") && !isDType(type)
        && !(type.isJavaArray() && !mayHoldArrays(type.element()));
  }

  /** A dtype as a value. */
  public static boolean isDType(Type type) {
    return type.name().endsWith(".DType");
  }

  /** Whether the result counts as made where its operands were. */
  public static boolean keepsOrigins(Operation op) {
    return switch (op.kind().dtypes()) {
      case PROMOTE, PROMOTE_REAL, PROMOTE_NUMBER, INEXACT, FLOATING, FIRST -> true;
      case INEXACT_ONLY, FLOATING_ONLY, INTEGRAL, SHIFT, BOOL, INDEX, COUNT, ACCUMULATE, CUMULATE, REAL_PART,
          DEVIATION, GIVEN -> false;
    };
  }

  /**
   * The creators that give the result its width, if all operands come from creators, directly or by
   * arithmetic with each other and with numbers: what was made without a dtype in mind still is. Integers
   * and halves beside a wide operand change nothing; of integers alone, any one that becomes half is enough.
   */
  static Set<Operation> origins(Operation op, List<Known> operands) {
    if (!keepsOrigins(op) || operands.isEmpty() || operands.stream().anyMatch(k -> k.origins().isEmpty())) {
      return Set.of();
    }
    return operands.stream().filter(k -> k.dtype().isInexact() && !k.dtype().isHalf()).map(Known::origins)
        .reduce(Fact::union).orElseGet(() -> operands.getFirst().origins());
  }

  /** The half-precision operand whose dtype the result would have if creators had asked for it. */
  static Optional<Known> meant(DType result, List<Known> operands) {
    List<Known> halves = operands.stream().filter(k -> k.dtype().isHalf()).toList();
    boolean widened = result == DType.FLOAT32 && !halves.isEmpty()
        && operands.stream().anyMatch(k -> k.dtype() == DType.FLOAT32)
        && halves.stream().allMatch(k -> k.dtype() == halves.getFirst().dtype())
        && operands.stream().allMatch(k -> k.dtype().isHalf() || !k.origins().isEmpty()
            || !k.dtype().isInexact());
    return widened ? Optional.of(halves.getFirst()) : Optional.empty();
  }

  /**
   * What starts as an array made without a dtype and is half from the second iteration on is meant to be
   * half.
   */
  static Fact meant(List<Fact> iterations) {
    List<Known> known = iterations.stream().filter(Known.class::isInstance).map(Known.class::cast).toList();
    List<Known> halves = known.stream().filter(k -> k.dtype().isHalf()).toList();
    boolean starts = !halves.isEmpty() && known.size() == iterations.size()
        && known.stream().allMatch(k -> k.dtype() == halves.getFirst().dtype()
            || k.dtype() == DType.FLOAT32 && !k.origins().isEmpty());
    return starts ? halves.stream().map(Fact.class::cast).reduce(Fact.NOTHING, Fact::join)
        : iterations.stream().reduce(Fact.NOTHING, Fact::join);
  }

  /** A primitive number or its box: weak beside an array. */
  public static boolean isNumber(Type type) {
    return type.isNumber() || switch (type.name()) {
      case "java.lang.Double", "java.lang.Float" -> true;
      default -> isIntegral(type);
    };
  }

  /** A whole number, boxed or not. */
  public static boolean isIntegral(Type type) {
    return type.isIntegral() || switch (type.name()) {
      case "java.lang.Integer", "java.lang.Long", "java.lang.Short", "java.lang.Byte" -> true;
      default -> false;
    };
  }

  /** The dtype of the result in {@code context}; empty if it is not known. */
  public static Optional<DType> result(Operation op, Function<Value, List<Value>> parts, Context context) {
    return result(op, parts, v -> context.of(v).<Fact>map(k -> k).orElse(Fact.UNKNOWN));
  }

  /** Whether the result is made from numbers only. */
  static boolean creates(Operation op) {
    return op.kind() instanceof Creation || op.kind() instanceof Sampling
        || op.kind() == Converting.WHERE && promoted(op).isEmpty();
  }

  /** The dtype of the result; empty if an operand that matters is not known. */
  static Optional<DType> result(Operation op, Function<Value, List<Value>> parts,
      Function<Value, Fact> facts) {
    DTypeRule rule = op.kind().dtypes();
    return switch (rule) {
      case GIVEN -> given(op, facts);
      case BOOL -> Optional.of(DType.BOOL);
      case INDEX -> Optional.of(DType.UINT32);
      case COUNT -> Optional.of(DType.INT32);
      case FIRST -> asked(op, facts)
          .or(() -> promoted(op).stream().findFirst().flatMap(v -> dtype(facts.apply(v))));
      case PROMOTE, PROMOTE_REAL, PROMOTE_NUMBER, INEXACT, FLOATING, INEXACT_ONLY, FLOATING_ONLY, INTEGRAL,
          SHIFT,
          ACCUMULATE, CUMULATE, REAL_PART, DEVIATION -> combined(op, rule, parts, facts);
    };
  }

  private static Optional<DType> combined(Operation op, DTypeRule rule, Function<Value, List<Value>> parts,
      Function<Value, Fact> facts) {
    // cumsum and trace cast their operand to the dtype they are given
    boolean asks = op.uses().stream().anyMatch(v -> isDType(v.type()));
    DType common = asks ? asked(op, facts).orElse(null) : null;
    for (Value operand : asks ? List.<Value>of() : promoted(op, parts)) {
      Optional<DType> dtype = dtype(facts.apply(operand));
      if (dtype.isEmpty()) {
        return Optional.empty();
      }
      common = common == null ? dtype.get() : DType.promote(common, dtype.get());
    }
    if (common == null) {
      return op.kind() == Converting.WHERE ? ofChoice(op.uses()) : Optional.empty();
    }
    if (takesWeakNumbers(op.kind())) {
      for (Value use : op.uses()) {
        if (isNumber(use.type())) {
          common = isIntegral(use.type()) ? common.besideInteger() : common.besideFloat();
        }
      }
    }
    try {
      return Optional.of(rule.apply(op.kind(), common));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  /** {@code where(condition, 0.0, 1.0)}: numbers only. */
  private static Optional<DType> ofChoice(List<Value> uses) {
    List<Value> numbers = uses.stream().filter(v -> isNumber(v.type())).toList();
    return numbers.size() < 2 ? Optional.empty()
        : Optional.of(numbers.stream().allMatch(v -> isIntegral(v.type())) ? DType.INT32 : DType.FLOAT32);
  }

  /** Elsewhere a number is an axis, a size or an index. */
  private static boolean takesWeakNumbers(Kind kind) {
    return kind instanceof Binary || kind == Converting.WHERE || kind == Converting.CLIP
        || kind == Derived.DIVMOD;
  }

  private static Optional<DType> given(Operation op, Function<Value, Fact> facts) {
    if (op.uses().stream().anyMatch(v -> isDType(v.type()))) {
      return asked(op, facts);
    }
    return switch (op.kind()) {
      case Creation c -> switch (c) {
        case ZEROS, ONES, EYE, IDENTITY, TRI, LINSPACE, BARTLETT, HANNING, HAMMING, BLACKMAN ->
            Optional.of(DType.FLOAT32);
        case ARRAY -> op.uses().stream().findFirst().flatMap(v -> ofHost(v, facts));
        case FULL -> op.uses().isEmpty() ? Optional.empty() : ofFill(op.uses().getLast(), facts);
        case ARANGE -> ofRange(op.uses());
        case ZEROS_LIKE, ONES_LIKE, FULL_LIKE, LOAD -> Optional.empty();
      };
      case Sampling s -> switch (s) {
        case UNIFORM, NORMAL, TRUNCATED_NORMAL, GUMBEL, LAPLACE -> Optional.of(DType.FLOAT32);
        case BERNOULLI -> Optional.of(DType.BOOL);
        case RANDINT -> Optional.of(DType.INT32);
        case BITS, SPLIT, CATEGORICAL -> Optional.of(DType.UINT32);
        case PERMUTATION -> Optional.empty();
      };
      case Fusing f -> f == Fusing.CROSS_ENTROPY ? Optional.of(DType.FLOAT32) : Optional.empty();
      case Binary _, Unary _, Reduction _, Scanning _, Ordering _, Shaping _, Indexing _, Matrix _,
          Convolution _, Converting _, Derived _ -> Optional.empty();
    };
  }

  /** The dtype that an argument asks for. */
  private static Optional<DType> asked(Operation op, Function<Value, Fact> facts) {
    return op.uses().stream().filter(v -> isDType(v.type())).findFirst().flatMap(v -> dtype(facts.apply(v)));
  }

  private static Optional<DType> ofRange(List<Value> bounds) {
    if (bounds.isEmpty() || !bounds.stream().allMatch(v -> isNumber(v.type()))) {
      return Optional.empty();
    }
    return Optional.of(bounds.stream().allMatch(v -> isInt(v.type())) ? DType.INT32 : DType.FLOAT32);
  }

  /** There is no overload for {@code long}: Java makes it a double. */
  private static Optional<DType> ofFill(Value value, Function<Value, Fact> facts) {
    return isNumber(value.type()) ? Optional.of(isInt(value.type()) ? DType.INT32 : DType.FLOAT32)
        : ofHost(value, facts);
  }

  private static boolean isInt(Type type) {
    return isIntegral(type) && !type.name().equals("long") && !type.name().equals("java.lang.Long");
  }

  /**
   * What MLX makes of a host value: float32 of any Java float, int32 of {@code int}, int64 of {@code
   * long}.
   */
  private static Optional<DType> ofHost(Value value, Function<Value, Fact> facts) {
    Type type = value.type();
    while (type.isJavaArray()) {
      type = type.element();
    }
    return switch (type.name()) {
      case "float", "double", "java.lang.Float", "java.lang.Double" -> Optional.of(DType.FLOAT32);
      case "int", "java.lang.Integer" -> Optional.of(DType.INT32);
      case "long", "java.lang.Long" -> Optional.of(DType.INT64);
      case "boolean", "java.lang.Boolean" -> Optional.of(DType.BOOL);
      default -> type.isArray() ? dtype(facts.apply(value)) : Optional.empty();
    };
  }

  private static Optional<DType> dtype(Fact fact) {
    return fact instanceof Known k ? Optional.of(k.dtype()) : Optional.empty();
  }

  private static List<Value> first(List<Value> values) {
    return values.isEmpty() ? List.of() : new ArrayList<>(values.subList(0, 1));
  }
}
