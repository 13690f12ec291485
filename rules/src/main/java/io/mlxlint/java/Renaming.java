package io.mlxlint.java;

import io.mlxlint.model.Instruction;
import io.mlxlint.model.Instruction.*;
import io.mlxlint.model.Value;
import java.util.List;
import java.util.function.UnaryOperator;

/** An instruction with other operands. */
final class Renaming {
  private Renaming() {}

  static Instruction of(Instruction instruction, UnaryOperator<Value> name) {
    List<Value> before = instruction.uses();
    List<Value> uses = before.stream().map(name).toList();
    if (same(before, uses)) {
      return instruction;
    }
    return switch (instruction) {
      case Operation i -> new Operation(i.value(), i.kind(), i.method(), uses, i.span());
      case Compute i -> new Compute(i.value(), i.operator(), uses, i.span());
      case Call i -> new Call(i.value(), i.target(), i.hasReceiver(), uses, i.span());
      case LoadField i -> new LoadField(i.value(), i.field(), uses, i.span());
      case StoreField i -> new StoreField(i.field(), uses, i.span());
      case LoadElement i -> new LoadElement(i.value(), uses, i.span());
      case StoreElement i -> new StoreElement(uses, i.span());
      case Iterate i -> new Iterate(i.value(), uses, i.span());
      case Force i -> new Force(i.value(), i.how(), i.method(), uses, i.span());
      case Submit i -> new Submit(i.value(), uses, i.span());
      case Closure i -> new Closure(i.value(), i.body(), uses, i.span());
      case Transform i -> new Transform(i.value(), i.method(), uses, i.span());
      case ScopeExit i -> new ScopeExit(uses, i.span());
      case Release i -> new Release(uses, i.span());
      case Branch i -> new Branch(uses, i.span());
      case Return i -> new Return(uses, i.span());
      case Throw i -> new Throw(uses, i.span());
      case Constant _, ScopeEnter _, Phi _ -> instruction;
    };
  }

  private static boolean same(List<Value> a, List<Value> b) {
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i) != b.get(i)) {
        return false;
      }
    }
    return true;
  }
}
