package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Known;
import io.mlxlint.analysis.dtypes.Fact.Ref;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Branch;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Closure;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.Defining;
import io.mlxlint.model.Instruction.Force;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.Release;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.ScopeEnter;
import io.mlxlint.model.Instruction.ScopeExit;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Instruction.Submit;
import io.mlxlint.model.Instruction.Throw;
import io.mlxlint.model.Instruction.Transform;
import io.mlxlint.model.Value;
import io.mlxlint.op.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs one method in one context until its facts stay. */
final class Transfer {
  private static final int MOST_PASSES = 100;

  final DTypeAnalysis program;
  final Context context;
  final Code code;
  private final Operations operations;
  private final Fields fields;
  private final Calls calls;

  Transfer(DTypeAnalysis program, Context context) {
    this.program = program;
    this.context = context;
    code = program.code(context.method());
    operations = new Operations(program, context, code);
    fields = new Fields(program, context, code);
    calls = new Calls(this, fields);
  }

  /** Whether callers learn more than before. */
  boolean run() {
    List<Value> inputs = new ArrayList<>(code.method().parameters());
    inputs.addAll(code.method().captures());
    for (int i = 0; i < inputs.size(); i++) {
      context.set(inputs.get(i), i < context.arguments().size() ? context.arguments().get(i) : Fact.UNKNOWN);
    }
    boolean again = true;
    for (int pass = 0; again && pass < MOST_PASSES; pass++) {
      boolean changed = false;
      for (Instruction instruction : code.instructions()) {
        changed |= step(instruction);
      }
      again = changed && !code.method().loops().isEmpty();
    }
    boolean changed = false;
    for (Instruction instruction : code.instructions()) {
      if (instruction instanceof Return r && !r.uses().isEmpty()) {
        changed |= context.returns(context.fact(r.uses().getFirst()));
      }
    }
    return changed | fields.hasAlteredInputs();
  }

  private boolean step(Instruction instruction) {
    return switch (instruction) {
      case StoreField s -> {
        fields.store(s);
        yield false;
      }
      case StoreElement s -> fields.put(s.uses().getFirst(), s.uses().size() > 2 ? s.uses().get(1) : null,
          context.fact(s.uses().getLast()));
      case Defining d -> context.set(d.value(), define(d));
      case Return _, Branch _, Throw _, Release _, ScopeExit _ -> false;
    };
  }

  private Fact define(Defining instruction) {
    return switch (instruction) {
      case Constant c -> c.literal() instanceof DType d
          ? new Known(d, new Why(c.span(), "`" + d + "` is chosen here"), Set.of())
          : c.literal() == null && !c.value().type().isUnknown() ? Fact.NULL : Fact.UNKNOWN;
      case Operation o -> operations.result(o);
      case Compute c -> c.operator().equals("cast") ? context.fact(c.uses().getFirst()) : Fact.UNKNOWN;
      case Phi p -> phi(p);
      case LoadField f -> fields.load(f);
      case LoadElement e -> fields.element(e);
      case Iterate i -> isEntry(i.value()) ? context.fact(i.uses().getFirst())
          : fields.part(i.value(), context.fact(i.uses().getFirst()), null);
      case Closure c -> closure(c);
      case Transform t -> calls.transform(t);
      case Call c -> calls.result(c);
      case Force _, Submit _, ScopeEnter _ -> Fact.UNKNOWN;
    };
  }

  private Fact phi(Phi p) {
    List<Fact> inputs = p.inputs().values().stream().map(context::fact).toList();
    return program.isIntended() && code.startsIteration(p) ? Promotion.meant(inputs)
        : inputs.stream().reduce(Fact.NOTHING, Fact::join);
  }

  /** An entry is a view of its map. */
  private static boolean isEntry(Value value) {
    return value.type().name().equals("java.util.Map.Entry")
        || value.type().name().equals("java.util.Map$Entry");
  }

  private Fact closure(Closure c) {
    Site site = program.site(c, context, "");
    List<Fact> captured = c.uses().stream().map(context::fact).toList();
    for (int i = 0; i < captured.size(); i++) {
      program.heap().store(site, "capture " + i, captured.get(i));
      Fact altered = program.heap().load(c.body(), Fields.ALTERED + i, context);
      if (!(altered instanceof Fact.Nothing)) {
        fields.alter(c.uses().get(i), altered);
      }
    }
    program.closure(c.body(), captured);
    return new Ref(Set.of(site));
  }

  static Fact reason(Fact fact, Span span, String text) {
    return fact instanceof Known k && !k.why().span().equals(span)
        ? new Known(k.dtype(), k.why().then(span, text), k.origins()) : fact;
  }
}
