package io.mlxlint.java;

import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction;
import io.mlxlint.model.Type;
import io.mlxlint.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls of the JDK's collections that read or write an element. */
final class Containers {
  private static final List<String> KINDS = List.of("java.util.Collection", "java.util.Map",
      "java.util.Map.Entry",
      "java.util.Optional", "java.util.Iterator", "java.util.concurrent.atomic.AtomicReference");
  private static final Set<String> READS = Set.of("get", "getFirst", "getLast", "getOrDefault", "peek",
      "poll", "pop",
      "element", "remove", "removeFirst", "removeLast", "peekFirst", "peekLast", "pollFirst", "pollLast",
          "orElse", "orElseThrow", "getKey", "getValue", "next", "first", "last");
  private static final Set<String> WRITES = Set.of("add", "addFirst", "addLast", "put", "set", "offer",
      "push", "putIfAbsent", "setValue", "offerFirst", "offerLast");
  /** Methods that make a container of their arguments. */
  private static final Set<String> MAKERS = Set.of("of", "asList", "ofNullable", "entry");

  private final Body body;

  Containers(Body body) {
    this.body = body;
  }

  /** The value of the call, if it is one of these. */
  Optional<Value> call(Type receiver, String method, List<Value> uses, List<Span> spans, Type result,
      Span span, Hint hint) {
    boolean reads = READS.contains(method) && !result.equals(Types.BOOLEAN);
    boolean writes = WRITES.contains(method) && uses.size() > 1;
    if (!reads && !writes || KINDS.stream().noneMatch(k -> body.universe.isSubtype(receiver, k))) {
      return Optional.empty();
    }
    if (reads) {
      Value value = body.flow.value(hint.name(), result);
      body.add(new Instruction.LoadElement(value, uses, span), spans);
      return Optional.of(value);
    }
    Value before = null;
    if (hint.isUsed() && !result.equals(Type.VOID) && !result.equals(Types.BOOLEAN)) {
      before = body.flow.value(hint.name(), result);
      body.add(new Instruction.LoadElement(before, uses.subList(0, uses.size() - 1), span), List.of());
    }
    body.add(new Instruction.StoreElement(uses, span), spans);
    if (before == null && hint.isUsed()) {
      before = body.constant(null, result, span, hint);
    }
    return Optional.of(before == null ? uses.getLast() : before);
  }

  /** Says what went into a container that a factory method such as {@code List.of} has made. */
  void filled(String className, String method, Value container, List<Value> arguments, List<Span> spans,
      Span span) {
    if (!className.startsWith("java.util.") || !MAKERS.contains(method)) {
      return;
    }
    boolean isKeyed = (className.equals("java.util.Map")) && arguments.size() % 2 == 0;
    int step = isKeyed ? 2 : 1;
    for (int i = 0; i + step <= arguments.size(); i += step) {
      if (arguments.get(i).type().isJavaArray() && arguments.size() == 1) {
        return;
      }
      List<Value> uses = new ArrayList<>(List.of(container));
      uses.addAll(arguments.subList(i, i + step));
      List<Span> operands = new ArrayList<>(List.of(span));
      operands.addAll(spans.subList(i, i + step));
      body.add(new Instruction.StoreElement(uses, spans.get(i)), operands);
    }
  }
}
