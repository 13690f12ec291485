package io.mlxlint.model;

import io.mlxlint.finding.Finding.MethodRef;
import io.mlxlint.finding.Span;
import io.mlxlint.model.Instruction.Call;
import io.mlxlint.model.Instruction.LoadField;
import io.mlxlint.model.Instruction.Return;
import io.mlxlint.model.Instruction.StoreField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One method, constructor, initializer or lambda body.
 *
 * @param ref for a lambda body, the enclosing method's with a name such as {@code step$lambda0}
 * @param parameters {@code this} first in an instance method
 * @param captures in a lambda body, the captured values, as they are called inside
 * @param blocks the first one is the entry
 * @param loops outer before inner
 * @param enclosing the method around a lambda body
 * @param sites where each instruction stands, by identity; see {@link #site}
 */
public record Method(MethodRef ref, List<Value> parameters, List<Value> captures, Type returnType,
    List<Block> blocks, List<Loop> loops, Optional<MethodRef> enclosing, boolean isPublic, Span span,
    Map<Instruction, Site> sites) {

  public Method {
    parameters = List.copyOf(parameters);
    captures = List.copyOf(captures);
    blocks = List.copyOf(blocks);
    loops = List.copyOf(loops);
  }

  public Block entry() {
    return blocks.getFirst();
  }

  /** All instructions in the order of the blocks. */
  public Stream<Instruction> instructions() {
    return blocks.stream().flatMap(b -> b.instructions().stream());
  }

  /** Where the instruction stands; empty for what the source only implies, such as a phi. */
  public Optional<Site> site(Instruction instruction) {
    return Optional.ofNullable(sites.get(instruction));
  }

  /**
   * The method as it looks where its code is not known: it hands what it is given to something unknown, and
   * what that gives back is in all fields that the code mentions, and is returned.
   */
  public Method withoutCode() {
    List<Value> given = Stream.concat(parameters.stream(), captures.stream()).toList();
    int next = given.stream().mapToInt(Value::id).max().orElse(-1) + 1;
    Value unknown = new Value(next++, "", Type.UNKNOWN);
    Block all = new Block(0);
    all.append(new Call(unknown, new Target.Unknown(ref.name()), false, given, span));
    for (Instruction i : instructions().toList()) {
      switch (i) {
        case LoadField l -> all.append(new LoadField(new Value(next++, "", l.field().type()), l.field(),
            l.field().isStatic() ? List.of() : List.of(unknown), span));
        case StoreField s -> all.append(new StoreField(s.field(),
            s.field().isStatic() ? List.of(unknown) : List.of(unknown, unknown), span));
        case Instruction _ -> { }
      }
    }
    all.append(new Return(returnType.equals(Type.VOID) ? List.of() : List.of(unknown), span));
    return new Method(ref, parameters, captures, returnType, List.of(all), List.of(), enclosing, isPublic,
        span, Map.of());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Method m && m.ref.equals(ref) && m.span.equals(span);
  }

  @Override
  public int hashCode() {
    return ref.hashCode();
  }
}
