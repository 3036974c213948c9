package io.nationtech.harmony.catalogue;

import io.nationtech.harmony.domain.value.ShareName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A deployment's source, as it was compiled with the catalogue or as a project gets it. */
record Source(String text) {
    /** Of the catalogue, whose packages become the project's. */
    static final String PACKAGE = Source.class.getPackageName();

    private static final Pattern LINE = Pattern.compile("^/\\*\\* (.+) \\*/\npublic final class", Pattern.MULTILINE);
    private static final Pattern SECRET = Pattern.compile(
            "/\\*\\* (.+) \\*/\\s+private static final SecretRef \\w+ = SecretRef\\.of\\(\"([^\"]+)\"\\);");
    private static final Pattern SHARE = Pattern.compile(
            "/\\*\\* (.+) \\*/\\s+private static final ShareName \\w+ = ShareName\\.of\\(\"([^\"]+)\"\\);");
    private static final Pattern IMPORT = Pattern.compile("import ([\\w.]+)\\.(\\w+);");
    private static final Pattern BEFORE_TOPOLOGY = Pattern.compile("^( *)(?=\\S.*Topology\\.of\\()", Pattern.MULTILINE);
    private static final String TOPOLOGY = "TopologyName.of(\"home\"), Home.class, Site.of(\"home\")";

    /** What is written only for topologies that answer for names by HTTPS. */
    private static final String HTTPS = " // https";

    private static final String ROUTER = ", TlsRouter {}";

    /** What its owner decides. */
    private static final String YOURS = "// yours: ";

    static Source of(Application application) {
        String name = "/META-INF/sources/%s/%s/%s.java"
                .formatted(PACKAGE.replace('.', '/'), application.part(), application.type());
        try (InputStream in = Source.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the catalogue lacks " + name);
            }
            return new Source(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String line() {
        return LINE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    boolean uses(Application other) {
        return text.contains("import %s.%s.".formatted(PACKAGE, other.part()));
    }

    /** Whether other deployments find services of it. */
    boolean isUsed() {
        return text.contains("public static final Endpoint ");
    }

    /** The modules of Harmony that it needs; the name of each is the beginning of its packages. */
    List<String> modules() {
        return IMPORT.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> name.startsWith("io.nationtech.harmony.") && !name.startsWith(PACKAGE))
                .map(name -> name.startsWith("io.nationtech.harmony.domain") ? "io.nationtech.harmony.domain" : name)
                .distinct()
                .sorted()
                .toList();
    }

    /** The same in a project's packages, on its topology. */
    Source in(Project project) {
        String placed = onTopologyOf(project).replace(PACKAGE + ".", project.packageName() + ".");
        return new Source(
                switch (project.names()) {
                    case HTTPS -> placed.replace(HTTPS + "\n", "\n");
                    case NONE -> used(withoutNames(placed.replace(ROUTER, " {}")));
                });
    }

    private String onTopologyOf(Project project) {
        return project.topology()
                .map(topology -> text.replace(TOPOLOGY, topology.code()))
                .orElseGet(() -> BEFORE_TOPOLOGY
                        .matcher(text)
                        .replaceAll("$1" + YOURS
                                + "the sites; those of the project are not written as Topology.of(…)\n$1"));
    }

    /** A comment before a line goes with it. */
    private static String withoutNames(String text) {
        List<String> kept = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.endsWith(HTTPS)) {
                while (kept.getLast().strip().startsWith("//")) {
                    kept.removeLast();
                }
            } else {
                kept.add(line);
            }
        }
        return String.join("\n", kept);
    }

    private static String used(String text) {
        return text.lines()
                .filter(line -> IMPORT.matcher(line).results().allMatch(found -> isNamedAgain(text, found.group(2))))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean isNamedAgain(String text, String type) {
        return Pattern.compile("\\b%s\\b".formatted(type))
                        .matcher(text)
                        .results()
                        .count()
                > 1;
    }

    /** What is to be set before a deploy. */
    List<Addition.Secret> secrets() {
        return constants(SECRET, found -> new Addition.Secret(found.group(2), found.group(1)));
    }

    /** The folders of the household that a node must have. */
    List<Addition.Share> shares() {
        return constants(SHARE, found -> new Addition.Share(ShareName.of(found.group(2)), found.group(1)));
    }

    private <T> List<T> constants(Pattern form, Function<MatchResult, T> made) {
        return form.matcher(text).results().map(made).toList();
    }

    /** Where its owner decides something. */
    List<Addition.Choice> choices() {
        List<String> lines = text.lines().toList();
        return IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).contains(YOURS))
                .mapToObj(line -> new Addition.Choice(line + 1, lines.get(line).split(YOURS, 2)[1]))
                .toList();
    }
}
