package io.nationtech.harmony.domain.check;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs during compilation: where every argument of a call is a constant, the compiler makes the call, and an exception is a
 * compile error at the argument, with the exception's message. On a type it holds for all constructors and methods of the type
 * and of the types within it, on a package for all its types.
 *
 * <p>What bears it promises to be pure: the same arguments give the same result, in far less than a second, and neither
 * files, network, environment nor clock are touched. Results are never changed after they were made.
 *
 * <p>A value type needs nothing else: the rule stands once, in its constructor, and holds at compile time for constants and at
 * run time for everything else. An exception that implements {@link Refusal} can point at the argument at fault.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.CONSTRUCTOR, ElementType.METHOD})
public @interface ConstantChecked {}
