package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Cause;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What the checker leaves in a module that it compiled: {@code <version> <hash of the class files>}. A module without it was built
 * with the checker switched off, and counts as unchecked.
 */
public record Stamp(String version, String hash) {
    private static final String LINE = "annotationProcessorPaths: <path> io.nationtech.harmony:harmony-checker:";

    /** Why a module does not count as checked, if it does not. */
    public static Optional<Cause> missing(ModuleFiles module, String where, String version) {
        Optional<Stamp> found = module.stamp().map(Stamp::read);
        if (found.isEmpty()) {
            return Optional.of(new Cause(
                    "the module was not checked when it was compiled: it has no META-INF/harmony/checked",
                    where,
                    "add to the maven-compiler-plugin's " + LINE + version + ", and compile it again"));
        }
        if (!found.get().version().equals(version)) {
            return Optional.of(new Cause(
                    "the module was checked by version %s, and this is %s"
                            .formatted(found.get().version(), version),
                    where,
                    "set in the maven-compiler-plugin's " + LINE + version + ", and compile it again"));
        }
        return found.get().hash().equals(hashOf(module))
                ? Optional.empty()
                : Optional.of(new Cause(
                        "the module's class files are not those that were checked",
                        where,
                        "compile it again from its sources: `mvn clean process-classes`"));
    }

    private static Stamp read(String line) {
        String[] parts = line.split(" ", 2);
        return new Stamp(parts[0], parts.length < 2 ? "" : parts[1]);
    }

    /** The same as the checker's, in {@code io.nationtech.harmony.checker.Stamp}, which knows no other module. */
    static String hashOf(ModuleFiles module) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, byte[]> file : module.classes().entrySet()) {
                digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
                digest.update(MessageDigest.getInstance("SHA-256").digest(file.getValue()));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
