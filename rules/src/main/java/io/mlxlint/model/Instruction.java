package io.mlxlint.model;

import io.mlxlint.finding.Span;
import io.mlxlint.op.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of an array program. Java's implicit steps (string conversion, iteration, end of a scope) are
 * explicit.
 */
public sealed interface Instruction {

  /** The source text it comes from. */
  Span span();

  /** The values it uses, in order. */
  List<Value> uses();

  /** The value it defines. */
  default Optional<Value> result() {
    return Optional.empty();
  }

  /** An instruction that defines a value. */
  sealed interface Defining extends Instruction {
    Value value();

    @Override
    default Optional<Value> result() {
      return Optional.of(value());
    }
  }

  /**
   * Extends the graph. A method that works in place ({@code x.set(...)}) defines what its receiver is from
   * there on.
   *
   * @param uses receiver first, then the arguments as written, numbers and dtypes included
   * @param method the API method, such as {@code multiply}
   */
  record Operation(Value value, Kind kind, String method, List<Value> uses, Span span) implements Defining {
    public Operation {
      uses = List.copyOf(uses);
    }

    /** Does it make its receiver stand for the result? */
    public boolean isInPlace() {
      return method.equals("set") || method.equals("assign");
    }
  }

  /** A literal or constant: a Number (weak beside arrays), Boolean, String, {@code DType}, or null. */
  record Constant(Value value, Object literal, Span span) implements Defining {
    @Override
    public List<Value> uses() {
      return List.of();
    }
  }

  /**
   * Arithmetic, comparison or conversion of host values; {@code operator} as written. {@code cast} is the
   * operand itself, seen as another type; {@code hasNext} is the test of a for-each loop.
   */
  record Compute(Value value, String operator, List<Value> uses, Span span) implements Defining {
    public Compute {
      uses = List.copyOf(uses);
    }
  }

  /**
   * A call that is none of the others; the receiver, if there is one, is the first use. A constructor is
   * named {@code
   * <init>}: its uses are the arguments and its value is what the constructor calls {@code this}.
   */
  record Call(Value value, Target target, boolean hasReceiver, List<Value> uses, Span span)
      implements Defining {
    public Call {
      uses = List.copyOf(uses);
    }
  }

  /** Reads a field; {@code uses} is the receiver, or empty for a static field. */
  record LoadField(Value value, FieldRef field, List<Value> uses, Span span) implements Defining {}

  /** Writes a field; the last use is the value stored, the one before it the receiver. */
  record StoreField(FieldRef field, List<Value> uses, Span span) implements Instruction {}

  /** Reads an element of a Java array, List or Map; uses: container, then index or key if there is one. */
  record LoadElement(Value value, List<Value> uses, Span span) implements Defining {}

  /** Writes or adds an element; uses: container, then index or key if there is one, then the value stored. */
  record StoreElement(List<Value> uses, Span span) implements Instruction {}

  /** The next element of a for-each loop; the use is what is iterated. Over an Array it is a lazy slice. */
  record Iterate(Value value, List<Value> uses, Span span) implements Defining {}

  /** How a {@link Force} makes the host wait. */
  enum Wait {
    /** {@code eval}: results stay on the device. */
    EVALUATE,
    /** {@code item}, {@code toFloatArray}: values come to the host. */
    READ,
    /** Reaches {@code Array.toString}: concatenation, format, logging, printing. */
    STRING
  }

  /** Computes what it uses and waits; {@code value} is what a read returns (type void for an evaluation). */
  record Force(Value value, Wait how, String method, List<Value> uses, Span span) implements Defining {
    public Force {
      uses = List.copyOf(uses);
    }
  }

  /**
   * {@code asyncEval}: starts computing what it uses and returns. What the call gives back is the use itself.
   */
  record Submit(Value value, List<Value> uses, Span span) implements Defining {
    public Submit {
      uses = List.copyOf(uses);
    }
  }

  /**
   * A lambda or method reference. {@code uses}: what it captures, in the order of {@link Method#captures}.
   */
  record Closure(Value value, Method body, List<Value> uses, Span span) implements Defining {
    public Closure {
      uses = List.copyOf(uses);
    }
  }

  /**
   * {@code compile}, {@code grad}, {@code valueAndGrad}, {@code tidy}, ...: {@code method} of the API on a
   * function, which is the first use. {@code keep} uses the scope and the tree that it hands on, and its
   * value is void.
   */
  record Transform(Value value, String method, List<Value> uses, Span span) implements Defining {
    public Transform {
      uses = List.copyOf(uses);
    }

    /** Does it compile its function? */
    public boolean isCompilation() {
      return method.startsWith("compile");
    }
  }

  /** The start of a try-with-resources over a {@code Scope}, or of a {@code tidy} body. */
  record ScopeEnter(Value value, Span span) implements Defining {
    @Override
    public List<Value> uses() {
      return List.of();
    }
  }

  /** Where the scope closes: what it made and did not keep is released. The use is the scope. */
  record ScopeExit(List<Value> uses, Span span) implements Instruction {}

  /** {@code close()} of an array or a tree. */
  record Release(List<Value> uses, Span span) implements Instruction {}

  /** Merges the values of one variable at the start of a block, one for each predecessor. */
  record Phi(Value value, Map<Block, Value> inputs, Span span) implements Defining {
    @Override
    public List<Value> uses() {
      return List.copyOf(inputs.values());
    }
  }

  /** Ends a block by a two-way choice: the first successor if the use is true. */
  record Branch(List<Value> uses, Span span) implements Instruction {}

  /** Leaves the method; at most one use. */
  record Return(List<Value> uses, Span span) implements Instruction {}

  /** Leaves by an exception; the use is what is thrown. */
  record Throw(List<Value> uses, Span span) implements Instruction {}
}
