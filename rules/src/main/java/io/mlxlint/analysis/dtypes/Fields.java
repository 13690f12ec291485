package io.mlxlint.analysis.dtypes;

import io.mlxlint.analysis.dtypes.Fact.Ref;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Iterate;
import io.mlxlint.model.Instruction.LoadElement;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Value;
import java.util.List;

/** What one method reads from and writes to fields, containers and the handles of arrays. */
final class Fields {
  /** What a closure makes a captured array stand for. */
  static final String ALTERED = "altered ";
  private static final String ANYWHERE = "anywhere ";
  private static final String UNSEEN = "unseen ";

  private final DTypeAnalysis program;
  private final Context context;
  private final Code code;
  private boolean alteredInputs;

  Fields(DTypeAnalysis program, Context context, Code code) {
    this.program = program;
    this.context = context;
    this.code = code;
  }

  /** A field that the program never writes, or where no arrays are, is filled by somebody else. */
  Fact load(LoadField load) {
    FieldRef field = load.field();
    String owner = Classes.dotted(field.className());
    if (!program.isFollowed(field) && !Classes.isOfRuntime(owner)) {
      return Fact.UNKNOWN;
    }
    Fact anywhere = program.heap().load(owner, ANYWHERE + field.name(), context);
    if (load.uses().isEmpty()) {
      return anywhere;
    }
    Fact unseen = program.heap().load(owner, UNSEEN + field.name(), context);
    return program.parameters().load(load, context.fact(load.uses().getFirst()), anywhere, unseen, context);
  }

  void store(StoreField s) {
    Fact stored = Transfer.reason(context.fact(s.uses().getLast()), s.span(),
        "stored in field `" + s.field().name() + "` here");
    store(s.field(), s.uses().size() > 1 ? s.uses().getFirst() : null, stored);
  }

  private void store(FieldRef field, Value object, Fact stored) {
    String owner = Classes.dotted(field.className());
    program.heap().store(owner, ANYWHERE + field.name(), stored);
    if (object != null) {
      if (context.fact(object) instanceof Ref r) {
        r.sites().forEach(site -> program.heap().store(site, Heap.place(field), stored));
      } else if (context.fact(object) instanceof Fact.Unknown) {
        program.heap().store(owner, UNSEEN + field.name(), stored);
      }
    }
  }

  Fact element(LoadElement load) {
    Value container = load.uses().getFirst();
    Object key = load.uses().size() > 1 ? code.constant(load.uses().get(1)) : null;
    Fact element = part(load.value(), context.fact(container), key);
    boolean hasDefault = load.uses().size() > 2
        || load.uses().size() == 2 && container.type().name().equals("java.util.Optional");
    return hasDefault ? element.join(context.fact(load.uses().getLast())) : element;
  }

  /** A part of a container has its dtype; a part of something else is unknown. */
  Fact part(Value value, Fact container, Object key) {
    return Promotion.mayHoldArrays(value.type()) || Promotion.isDType(value.type())
        ? program.heap().elements(container, key, context) : Fact.UNKNOWN;
  }

  /** Puts an element into a container; whether this method knows more for it. */
  boolean put(Value container, Value key, Fact element) {
    Object constant = key == null ? null : code.constant(key);
    if (context.fact(container) instanceof Ref r) {
      r.sites().forEach(site -> program.heap().put(site, constant, element));
      return false;
    }
    return context.receive(code.origin(container), element);
  }

  /** The array that this handle is may stand for something else from now on. */
  void alter(Value handle, Fact fact) {
    Value origin = code.origin(handle);
    Instruction from = code.definition(origin);
    boolean changed = context.receive(origin, fact);
    Method method = code.method();
    switch (from) {
      case null -> {
        alteredInputs |= changed && method.parameters().contains(origin);
        int capture = method.captures().indexOf(origin);
        if (capture >= 0) {
          program.heap().store(method, ALTERED + capture, fact);
        }
      }
      case LoadField f -> store(f.field(), f.uses().isEmpty() ? null : f.uses().getFirst(), fact);
      case LoadElement e -> alterElement(e.uses().getFirst(), fact);
      case Iterate i -> alterElement(i.uses().getFirst(), fact);
      case Instruction _ -> { }
    }
  }

  private void alterElement(Value container, Fact fact) {
    Value origin = code.origin(container);
    if (context.fact(origin) instanceof Ref) {
      put(origin, null, fact);
    } else if (code.definition(origin) instanceof Call c && c.hasReceiver()) {
      program.parameters().cast(context.fact(c.uses().getFirst()), fact, context);
    }
  }

  /** Whether arrays that came as arguments stand for something else now. */
  boolean hasAlteredInputs() {
    return alteredInputs;
  }

  /** What a call makes of the arrays that it is given. */
  void alterArguments(List<Value> given, Context called, List<Value> parameters) {
    for (int i = 0; i < given.size(); i++) {
      Fact received = called.received(parameters.get(i));
      if (given.get(i) != null && !(received instanceof Fact.Nothing)) {
        alter(given.get(i), received);
      }
    }
  }
}
