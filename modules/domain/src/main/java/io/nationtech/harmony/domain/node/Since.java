package io.nationtech.harmony.domain.node;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The version of its resource kind from which on there is a component, a constant of an enum, or a member of a sealed interface.
 * Without it, it was there from version 1. A node whose agent knows an older version is told nothing that uses it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.TYPE})
public @interface Since {

    /** At least 2. */
    int value();
}
