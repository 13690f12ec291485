package io.mlxlint.java;

import io.mlxlint.finding.Span;
import io.mlxlint.model.Block;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Loop;
import io.mlxlint.model.Site;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Builds the control-flow graph of one body in single assignment form while the body is walked, after Braun,
 * Buchwald, Hack and others, "Simple and Efficient Construction of Static Single Assignment Form" (2013).
 */
final class Flow {

  /** A local variable or parameter of the source. */
  static final class Local {
    final String name;
    final Flow owner;
    private final int handlers;
    Type type;

    private Local(String name, Type type, Flow owner) {
      this.name = name;
      this.type = type;
      this.owner = owner;
      this.handlers = owner.handlers.size();
    }
  }

  /** A block under construction. */
  static final class Draft {
    final List<Instruction> code = new ArrayList<>();
    final List<Draft> predecessors = new ArrayList<>();
    final List<Draft> successors = new ArrayList<>();
    private final Map<Local, Value> defined = new HashMap<>();
    private final Map<Local, Merge> incomplete = new LinkedHashMap<>();
    final List<Merge> merges = new ArrayList<>();
    private boolean sealed;

    boolean isReached() {
      return !predecessors.isEmpty();
    }
  }

  record Merge(Value value, Draft block, Map<Draft, Value> inputs) {}

  record LoopDraft(Draft header, int entries, Span headerSpan, Span span, LoopDraft parent, Long tripCount) {}

  private final Function<Local, Value> foreign;
  final List<Draft> blocks = new ArrayList<>();
  private final Draft entry = new Draft();
  private final Deque<Draft> handlers = new ArrayDeque<>();
  final List<LoopDraft> loops = new ArrayList<>();
  private final Deque<LoopDraft> openLoops = new ArrayDeque<>();
  final Map<Integer, Value> replaced = new HashMap<>();
  final Set<Integer> undefined = new HashSet<>();
  private final Map<Integer, Object> literals = new HashMap<>();
  final Map<Instruction, Site> sites = new IdentityHashMap<>();
  final Span span;
  private Draft current;
  private int nextId;

  /**
   * {@code foreign} gives the value of a variable of the body around this one; {@code span} is the whole
   * body.
   */
  Flow(Span span, Function<Local, Value> foreign) {
    this.span = span;
    this.foreign = foreign;
    entry.sealed = true;
    blocks.add(entry);
    current = entry;
  }

  Value value(String name, Type type) {
    return new Value(nextId++, name, type);
  }

  Local local(String name, Type type) {
    return new Local(name, type, this);
  }

  /** False after a jump, a return or a throw: what follows never runs. */
  boolean isLive() {
    return current != null;
  }

  void add(Instruction instruction, Site site) {
    if (current != null) {
      current.code.add(instruction);
      sites.put(instruction, site);
      if (instruction instanceof Instruction.Constant c && c.literal() != null) {
        literals.put(c.value().id(), c.literal());
      }
    }
  }

  /** The literal this value is, if it is one. */
  Optional<Object> literal(Value value) {
    return Optional.ofNullable(literals.get(value.id()));
  }

  Draft block() {
    return new Draft();
  }

  /** Goes on in this block, if anything leads to it. All that will lead to it does so by now. */
  void enter(Draft block) {
    seal(block);
    start(block);
  }

  /**
   * Goes on in a block that something may still jump back to; {@link #seal} says when nothing does any more.
   */
  void start(Draft block) {
    if (block.isReached()) {
      blocks.add(block);
      current = block;
    } else {
      current = null;
    }
  }

  void jump(Draft target) {
    if (current != null) {
      edge(current, target);
      end();
    }
  }

  void branch(Value condition, Draft yes, Draft no, Span span, Site site) {
    if (current != null) {
      add(new Instruction.Branch(List.of(condition), span), site);
      edge(current, yes);
      edge(current, no);
      end();
    }
  }

  /** Where the code is, to {@link #resume} there later. */
  Draft here() {
    Draft here = current;
    current = null;
    return here;
  }

  void resume(Draft at) {
    current = at;
  }

  /** After a return or throw. */
  void end() {
    if (current != null && !handlers.isEmpty()) {
      edge(current, handlers.peek());
    }
    current = null;
  }

  private static void edge(Draft from, Draft to) {
    from.successors.add(to);
    to.predecessors.add(from);
  }

  /** From here on, an exception may lead to {@code handler}. */
  void guard(Draft handler) {
    // The state before the first guarded instruction must be one of those that the handler sees.
    Draft first = block();
    jump(first);
    handlers.push(handler);
    enter(first);
  }

  /** Ends the innermost guard. */
  void unguard() {
    Draft handler = handlers.pop();
    if (current != null) {
      Draft after = block();
      edge(current, after);
      edge(current, handler);
      current = null;
      enter(after);
    }
  }

  /** The guards in force, to be put back after code that runs outside of them. */
  List<Draft> guards() {
    return List.copyOf(handlers);
  }

  /** From here on, other guards hold. */
  void guardedBy(List<Draft> guards) {
    Draft next = block();
    jump(next);
    restoreGuards(guards);
    enter(next);
  }

  void restoreGuards(List<Draft> guards) {
    handlers.clear();
    handlers.addAll(guards);
  }

  void openLoop(Draft header, Span headerSpan, Span span, Long tripCount) {
    LoopDraft loop = new LoopDraft(header, header.predecessors.size(), headerSpan, span, openLoops.peek(),
        tripCount);
    loops.add(loop);
    openLoops.push(loop);
  }

  void closeLoop() {
    openLoops.pop();
  }

  void write(Local variable, Value value) {
    if (current == null) {
      return;
    }
    if (variable.owner == this && handlers.size() > variable.handlers && !current.code.isEmpty()) {
      Draft next = block();
      jump(next);
      enter(next);
    }
    current.defined.put(variable, value);
  }

  Value read(Local variable) {
    return current == null ? value(variable.name, variable.type) : resolve(read(variable, current));
  }

  private Value read(Local variable, Draft block) {
    Value defined = block.defined.get(variable);
    if (defined != null) {
      return resolve(defined);
    }
    Value found;
    if (!block.sealed) {
      Merge merge = merge(variable, block);
      block.incomplete.put(variable, merge);
      found = merge.value;
    } else if (block.predecessors.size() == 1) {
      found = read(variable, block.predecessors.getFirst());
    } else if (block.predecessors.isEmpty()) {
      found = variable.owner == this ? undefined(variable) : foreign.apply(variable);
    } else {
      Merge merge = merge(variable, block);
      block.defined.put(variable, merge.value);
      found = complete(variable, merge);
    }
    block.defined.put(variable, found);
    return found;
  }

  /** Java reads no variable before it has a value, so this value only ever meets another one in a merge. */
  private Value undefined(Local variable) {
    Value none = value(variable.name, variable.type);
    undefined.add(none.id());
    return none;
  }

  private Merge merge(Local variable, Draft block) {
    Merge merge = new Merge(value(variable.name, variable.type), block, new LinkedHashMap<>());
    block.merges.add(merge);
    return merge;
  }

  private Value complete(Local variable, Merge merge) {
    for (Draft predecessor : merge.block.predecessors) {
      merge.inputs.put(predecessor, read(variable, predecessor));
    }
    return simplify(merge);
  }

  /** A merge of one value and itself is that value. */
  private Value simplify(Merge merge) {
    Value only = null;
    for (Value input : merge.inputs.values()) {
      Value v = resolve(input);
      if (v.equals(merge.value) || v.equals(only) || undefined.contains(v.id())) {
        continue;
      }
      if (only != null) {
        return merge.value;
      }
      only = v;
    }
    if (only == null) {
      return merge.value;
    }
    replaced.put(merge.value.id(), only);
    return only;
  }

  void seal(Draft block) {
    if (!block.sealed) {
      block.sealed = true;
      block.incomplete.forEach(this::complete);
      block.incomplete.clear();
    }
  }

  Value resolve(Value value) {
    Value v = value;
    for (Value next = replaced.get(v.id()); next != null; next = replaced.get(v.id())) {
      v = next;
    }
    return v;
  }

  /** What the model needs of a finished body. */
  record Finished(List<Block> blocks, List<Loop> loops, Map<Instruction, Site> sites) {}

  Finished finish() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Draft d : blocks) {
        for (Merge m : d.merges) {
          changed |= !replaced.containsKey(m.value.id()) && !simplify(m).equals(m.value);
        }
      }
    }
    return new Assembly(this).finished();
  }
}
