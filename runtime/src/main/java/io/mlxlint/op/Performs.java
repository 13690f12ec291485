package io.mlxlint.op;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a method of the array API does, for readers and for the linter, which knows the runtime from here
 * only.
 *
 * <p>A method without it only looks at metadata ({@code shape()}, {@code dtype()}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Performs {
  /**
   * The MLX name of the {@link Kind}, such as {@code "multiply"}; empty if the call is no operation. A method
   * without result puts the operation's in place of its receiver.
   */
  String value() default "";

  Effect effect() default Effect.LAZY;
}
