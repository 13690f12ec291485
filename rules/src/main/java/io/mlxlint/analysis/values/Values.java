package io.mlxlint.analysis.values;

import io.mlxlint.model.Block;
import io.mlxlint.model.FieldRef;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.Compute;
import io.mlxlint.model.Instruction.Constant;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Operation;
import io.mlxlint.model.Instruction.Phi;
import io.mlxlint.model.Instruction.StoreElement;
import io.mlxlint.model.Instruction.StoreField;
import io.mlxlint.model.Method;
import io.mlxlint.model.Target;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Definitions and uses of the values of one method. */
public final class Values {

  /** Where an instruction stands. */
  private record Position(Block block, int index) {}

  private final Method method;
  private final List<Instruction> instructions;
  private final Map<Class<?>, List<Instruction>> byKind = new HashMap<>();
  private final Map<Value, Instruction> definitions = new HashMap<>();
  private final Map<Value, List<Instruction>> uses = new HashMap<>();
  private final Map<Instruction, Position> positions = new IdentityHashMap<>();
  private final Map<Value, Value> known = new HashMap<>();
  private final Map<Value, List<Value>> again = new HashMap<>();

  public Values(Method method) {
    this.method = method;
    this.instructions = method.instructions().toList();
    for (Block block : method.blocks()) {
      int i = 0;
      for (Instruction instruction : block.instructions()) {
        positions.put(instruction, new Position(block, i++));
        instruction.result().ifPresent(v -> definitions.put(v, instruction));
        for (Value use : new LinkedHashSet<>(instruction.uses())) {
          uses.computeIfAbsent(use, _ -> new ArrayList<>()).add(instruction);
        }
      }
    }
    method.blocks().forEach(this::followFields);
    FollowedElements.follow(method, this, this::isKnown);
  }

  /** What is loaded is what was stored or loaded before. */
  private void isKnown(Value later, Value held) {
    known.put(later, held);
    again.computeIfAbsent(held, _ -> new ArrayList<>()).add(later);
  }

  /** What is known of a field of an object: what it was when it was stored or loaded last. */
  private record Held(List<Value> object, Value value) {}

  /** A field that is loaded where it was stored or loaded before, and nothing in between may write it. */
  private void followFields(Block block) {
    Map<FieldRef, Held> last = new HashMap<>();
    for (Instruction instruction : block.instructions()) {
      switch (instruction) {
        case StoreField s -> {
          List<Value> object = origins(s.uses().subList(0, s.uses().size() - 1));
          last.put(s.field(), new Held(object, s.uses().getLast()));
        }
        case LoadField l -> {
          Held held = last.get(l.field());
          List<Value> object = origins(l.uses());
          if (held != null && held.object().equals(object)) {
            isKnown(l.value(), held.value());
          } else {
            last.put(l.field(), new Held(object, l.value()));
          }
        }
        case Operation o when o.isInPlace() ->
            last.values().removeIf(h -> origin(h.value()).equals(origin(o.uses().getFirst())));
        case Call c -> {
          boolean mayWrite = switch (c.target()) {
            case Target.Methods _, Target.Functional _, Target.Unknown _ -> true;
            // an update of a model
            case Target.Runtime _ -> c.uses().stream().map(Value::type)
                .anyMatch(t -> !t.isArray() && !t.isNumber());
            case Target.Library _ -> false;
          };
          if (mayWrite) {
            last.clear();
          }
        }
        case Instruction _ -> { }
      }
    }
  }

  /** All instructions in the order of the blocks. */
  public Stream<Instruction> instructions() {
    return instructions.stream();
  }

  /** All instructions of one kind in the order of the blocks. */
  public <T extends Instruction> List<T> all(Class<T> kind) {
    // the list of a kind holds nothing else
    @SuppressWarnings("unchecked")
    List<T> all = (List<T>) byKind.computeIfAbsent(kind,
        k -> instructions().filter(k::isInstance).toList());
    return all;
  }

  /** What defines {@code value}; empty for a parameter or capture. */
  public Optional<Instruction> definition(Value value) {
    return Optional.ofNullable(definitions.get(value));
  }

  /** What defines {@code value}, if that is an instruction of this kind; looks through casts. */
  public <T extends Instruction> Optional<T> definition(Value value, Class<T> kind) {
    return definition(origin(value)).filter(kind::isInstance).map(kind::cast);
  }

  private List<Value> origins(List<Value> all) {
    return all.stream().map(this::origin).toList();
  }

  /** The value itself, without the casts, fields and elements on its way. */
  public Value origin(Value value) {
    Value v = value;
    for (Value next = before(v); next != null; next = before(v)) {
      v = next;
    }
    return v;
  }

  private Value before(Value v) {
    return definitions.get(v) instanceof Compute c && c.operator().equals("cast") ? c.uses().getFirst()
        : known.get(v);
  }

  /** The literal that {@code value} is, if it is one. */
  public Optional<Object> constant(Value value) {
    return definition(value, Constant.class).map(Constant::literal);
  }

  /** The instructions that use {@code value}, phis included. */
  public List<Instruction> uses(Value value) {
    return uses.getOrDefault(value, List.of());
  }

  /** As {@link #uses}, and the uses of its casts and of what is loaded where it is known to be. */
  public List<Instruction> usesThroughCasts(Value value) {
    List<Instruction> out = new ArrayList<>();
    for (Instruction use : uses(value)) {
      if (use instanceof Compute c && c.operator().equals("cast")) {
        out.addAll(usesThroughCasts(c.value()));
      } else {
        out.add(use);
      }
    }
    again.getOrDefault(value, List.of()).forEach(v -> out.addAll(usesThroughCasts(v)));
    return out;
  }

  /** What this method puts into {@code container}. */
  public List<Value> parts(Value container) {
    return usesThroughCasts(origin(container)).stream()
        .filter(u -> u instanceof StoreElement s && origin(s.uses().getFirst()).equals(origin(container)))
        .map(u -> u.uses().getLast()).toList();
  }

  /** The position among the parameters, {@code this} counted; -1 for any other value. */
  public int parameter(Value value) {
    return method.parameters().indexOf(origin(value));
  }

  /** The position among the captures of a lambda body; -1 for any other value. */
  public int capture(Value value) {
    return method.captures().indexOf(origin(value));
  }

  public Block block(Instruction instruction) {
    return positions.get(instruction).block;
  }

  /** The position in its block. */
  public int index(Instruction instruction) {
    return positions.get(instruction).index;
  }

  /** The block that defines {@code value}; the entry for parameters and captures. */
  public Block block(Value value) {
    return definition(value).map(this::block).orElse(method.entry());
  }

  /**
   * Values that {@code value} is computed from, itself included, as far as {@code through} lets them pass.
   */
  public Set<Value> sources(Value value, Predicate<Instruction> through) {
    Set<Value> seen = new HashSet<>();
    Deque<Value> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (seen.add(v)) {
        definition(v).filter(through).ifPresent(d -> open.addAll(d.uses()));
      }
    }
    return seen;
  }

  /** Values computed from {@code value}, itself included, as far as {@code through} lets them pass. */
  public Set<Value> results(Value value, Predicate<Instruction> through) {
    Set<Value> seen = new LinkedHashSet<>();
    Deque<Value> open = new ArrayDeque<>(List.of(value));
    while (!open.isEmpty()) {
      Value v = open.pop();
      if (seen.add(v)) {
        uses(v).stream().filter(through).forEach(u -> u.result().ifPresent(open::add));
      }
    }
    return seen;
  }

  /** An operation, phi or cast: what builds a graph without looking at it. */
  public static boolean isLazy(Instruction instruction) {
    return instruction instanceof Operation || instruction instanceof Phi
        || instruction instanceof Compute c && c.operator().equals("cast");
  }
}
