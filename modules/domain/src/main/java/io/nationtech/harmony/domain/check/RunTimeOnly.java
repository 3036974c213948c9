package io.nationtech.harmony.domain.check;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * For what comes from outside the program, such as a file or a store's own list: a module that provides deployments does not compile
 * when it uses it, since it would get round what its twin for code checks.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.CONSTRUCTOR, ElementType.METHOD})
public @interface RunTimeOnly {

    /** The twin for code, as people write it: {@code SecretRef.of}. */
    String instead();
}
