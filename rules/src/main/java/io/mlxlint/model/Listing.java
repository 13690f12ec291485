package io.mlxlint.model;

import io.mlxlint.model.Instruction.*;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array program as text, for people and for tests: {@code %3:y = multiply %1:x %2 : Array @7}, with the
 * line of the source at the end.
 */
public final class Listing {
  private final StringBuilder text = new StringBuilder();

  private Listing() {}

  public static String of(Program program) {
    return program.methods().stream().map(Listing::of).collect(Collectors.joining("\n"));
  }

  public static String of(Method method) {
    Listing listing = new Listing();
    listing.method(method);
    return listing.text.toString();
  }

  private void method(Method m) {
    text.append(m.ref().className()).append('.').append(m.ref().name()).append('(')
        .append(m.parameters().stream().map(v -> v + " " + v.type()).collect(Collectors.joining(", ")))
        .append(')');
    if (!m.captures().isEmpty()) {
      text.append(" captures ").append(values(m.captures()));
    }
    text.append(" : ").append(m.returnType()).append('\n');
    for (Loop l : m.loops()) {
      text.append("  loop ").append(l.header()).append(' ')
          .append(l.blocks().stream().sorted((a, b) -> a.index() - b.index()).toList());
      l.tripCount().ifPresent(n -> text.append(' ').append(n).append(" times"));
      l.parent().ifPresent(p -> text.append(" in ").append(p.header()));
      text.append(" @").append(l.span().line()).append('\n');
    }
    for (Block b : m.blocks()) {
      block(b);
    }
  }

  private void block(Block b) {
    text.append(b).append(':');
    if (!b.successors().isEmpty()) {
      text.append(" -> ").append(b.successors().stream().map(Block::toString)
          .collect(Collectors.joining(", ")));
    }
    text.append('\n');
    for (Instruction i : b.instructions()) {
      text.append("  ");
      i.result().filter(v -> !v.type().equals(Type.VOID)).ifPresent(v -> text.append(v).append(" = "));
      text.append(words(i));
      i.result().filter(v -> !v.type().equals(Type.VOID)).ifPresent(v -> text.append(" : ").append(v.type()));
      text.append(" @").append(i.span().line()).append('\n');
    }
  }

  private static String words(Instruction instruction) {
    return switch (instruction) {
      case Operation i -> (i.method().equals(i.kind().mlxName()) ? i.method()
          : i.method() + "/" + i.kind().mlxName()) + values(i.uses());
      case Constant i -> "constant " + (i.literal() instanceof String s ? '"' + s + '"' : i.literal());
      case Compute i -> "compute " + i.operator() + values(i.uses());
      case Call i -> "call " + target(i.target()) + values(i.uses());
      case LoadField i -> "load " + field(i.field()) + values(i.uses());
      case StoreField i -> "store " + field(i.field()) + values(i.uses());
      case LoadElement i -> "load element" + values(i.uses());
      case StoreElement i -> "store element" + values(i.uses());
      case Iterate i -> "iterate" + values(i.uses());
      case Force i -> "force " + i.how() + " " + i.method() + values(i.uses());
      case Submit i -> "submit" + values(i.uses());
      case Closure i -> "closure " + i.body().ref().name() + values(i.uses());
      case Transform i -> "transform " + i.method() + values(i.uses());
      case ScopeEnter _ -> "enter scope";
      case ScopeExit i -> "exit scope" + values(i.uses());
      case Release i -> "release" + values(i.uses());
      case Phi i -> "phi " + i.inputs().entrySet().stream().map(e -> e.getKey() + " " + e.getValue())
          .collect(Collectors.joining(", "));
      case Branch i -> "branch" + values(i.uses());
      case Return i -> "return" + values(i.uses());
      case Throw i -> "throw" + values(i.uses());
    };
  }

  private static String target(Target target) {
    return switch (target) {
      case Target.Methods t -> t.candidates().stream().map(m -> m.className() + "." + m.name())
          .collect(Collectors.joining("|"));
      case Target.Runtime t -> "runtime " + t.method().className() + "." + t.method().name();
      case Target.Library t -> "library " + t.className() + "." + t.name();
      case Target.Functional t -> "function " + t.name();
      case Target.Unknown t -> "unknown " + t.name();
    };
  }

  private static String field(FieldRef f) {
    return f.className() + "." + f.name();
  }

  private static String values(List<Value> values) {
    return values.stream().map(v -> " " + v).collect(Collectors.joining());
  }
}
