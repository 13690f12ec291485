package io.mlxlint.model;

import java.util.function.Supplier;

/**
 * Something failed while it looked at the code of one method. Whoever looks at the methods of a whole program
 * looks at each through {@link #in}, so that a defect that one of them brings to light costs no other file.
 */
public final class CodeFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Method method;

  private CodeFailure(Method method, Throwable cause) {
    super(cause.getMessage(), cause, false, false);
    this.method = method;
  }

  /** The method whose code it was. */
  public Method method() {
    return method;
  }

  /** What {@code look} says of the method; a failure names the method, or the one that it went on to. */
  public static <T> T in(Method method, Supplier<T> look) {
    try {
      return look.get();
    } catch (CodeFailure inner) {
      throw inner;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw new CodeFailure(method, e);
    }
  }
}
