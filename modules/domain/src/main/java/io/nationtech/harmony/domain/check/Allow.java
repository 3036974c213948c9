package io.nationtech.harmony.domain.check;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The only way round a rule of the graph: on the deployment module that breaks it, with a reason. Builds, checks and plans print
 * it. Allowing what no rule forbids is refused as well, so that it goes when its reason is gone.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Allow.All.class)
public @interface Allow {

    /** The rule's id, as builds print it in brackets. */
    String rule();

    /** Why breaking it is right here; at least a few words. */
    String because();

    /** Several of them. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        /** Each with its reason. */
        Allow[] value();
    }
}
