package io.nationtech.harmony.domain.check;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes constants only: an argument that is known only at run time is a compile error. On a type it holds for all its
 * constructors and static methods. Code within the type itself is free.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.CONSTRUCTOR, ElementType.METHOD})
public @interface ConstantOnly {

    /** Why, for the error's text; completes "takes constants only, because …". */
    String because();
}
