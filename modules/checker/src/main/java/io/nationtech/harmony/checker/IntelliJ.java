package io.nationtech.harmony.checker;

import javax.annotation.processing.ProcessingEnvironment;

/** IntelliJ may wrap what javac gives a processor; the compiler tree API only knows javac's own. */
final class IntelliJ {
    private IntelliJ() {}

    /** Javac's own environment; the JetBrains guide for authors of processors names this way to it. */
    static ProcessingEnvironment unwrapped(ProcessingEnvironment environment) {
        try {
            Class<?> wrappers =
                    environment.getClass().getClassLoader().loadClass("org.jetbrains.jps.javac.APIWrappers");
            Object unwrapped = wrappers.getDeclaredMethod("unwrap", Class.class, Object.class)
                    .invoke(null, ProcessingEnvironment.class, environment);
            return unwrapped instanceof ProcessingEnvironment javac ? javac : environment;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return environment;
        }
    }
}
