package io.mlxlint.finding;

import java.util.List;
import java.util.Optional;

/**
 * One defect at one place.
 *
 * @param rule the rule's name, such as {@code host-read-in-loop}
 * @param code the rule's code, such as {@code EVL101}
 * @param message clear alone, lower case, no full stop
 * @param notes the other places that prove it, in the order of the argument
 * @param method the enclosing method, as the verifier finds it; empty outside a method
 */
public record Finding(String rule, String code, Level level, Certainty certainty, Span span, String message,
    List<Note> notes, Optional<Fix> fix, Optional<MethodRef> method, Optional<Verification> verification) {

  public enum Level { INFO, WARNING, ERROR }

  public enum Certainty {
    /** Proved on the analysed code. */
    CERTAIN,
    /** The context suggests it. */
    PLAUSIBLE
  }

  /** A place that belongs to the argument. */
  public record Note(Span span, String message) {}

  /** A method by its binary class name, name and the erased names of its parameter types. */
  public record MethodRef(String className, String name, List<String> parameterTypes) {

    /** The class by its qualified name, as types and fields know it. */
    public String owner() {
      return className.replace('$', '.');
    }
  }

  public Finding {
    notes = List.copyOf(notes);
  }

  public Finding withVerification(Verification made) {
    return new Finding(rule, code, level, certainty, span, message, notes, fix, method, Optional.of(made));
  }
}
