package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.DeploymentModule;
import io.nationtech.harmony.domain.HealthSmokeTest;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.TcpSmokeTest;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.check.Allow;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.score.SecretEnv;
import io.nationtech.harmony.domain.score.Secrets;
import io.nationtech.harmony.domain.score.SharedVolume;
import io.nationtech.harmony.domain.score.Shares;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.score.Volumes;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.SecretText;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.project.JavaNames;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the module: its descriptor, one class, its build. */
final class ModuleWriter {
    /** As many services stand in one method; more get one each, since a method of Java is 64 KB at most. */
    private static final int MOST_IN_ONE_METHOD = 12;

    /** javac follows a chain of calls by recursion. */
    private static final int MOST_IN_ONE_EXPRESSION = 50;

    private static final String LINE = "\n                ";
    private static final String INNER = "\n                        ";

    private final Application application;
    private final String source;
    private final Set<String> allowed;
    private final boolean isLarge;
    private final JavaText java;

    /**
     * @param source the file's name, for people
     * @param allowed rules that the source breaks
     */
    ModuleWriter(Application application, String source, Set<String> allowed) {
        this.application = application;
        this.source = source;
        this.allowed = allowed;
        this.isLarge = application.drafts().size() > MOST_IN_ONE_METHOD;
        this.java = new JavaText(variable -> isLarge ? variable + "()" : variable);
    }

    SortedMap<String, String> files(String pom) {
        String label = application.name().value();
        String packageName = "imported." + JavaNames.part(label);
        String body = classBody();
        Set<String> simple = java.imports().stream()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
        String type = JavaNames.type(label, simple);
        String imports = java.imports().stream().map("import %s;\n"::formatted).collect(Collectors.joining());
        String text = "package %s;\n\n%s\n%s".formatted(packageName, imports, body.replace(CLASS, type));
        SortedMap<String, String> files = new TreeMap<>();
        files.put("pom.xml", pom);
        files.put("src/main/java/module-info.java", descriptor(packageName, type));
        files.put("src/main/java/%s/%s.java".formatted(packageName.replace('.', '/'), type), text);
        return files;
    }

    /** In place of the class's name until it is known which names are taken. */
    private static final String CLASS = "\uE002";

    private String descriptor(String packageName, String type) {
        String requires = Stream.of("config.file", "docker.socket")
                .map("io.nationtech.harmony.%s"::formatted)
                .filter(module -> java.imports().stream().anyMatch(name -> name.startsWith(module + ".")))
                .map("\n    requires %s;"::formatted)
                .collect(Collectors.joining());
        return """
                import io.nationtech.harmony.domain.DeploymentModule;

                /** Imported from %s. */
                module %s {
                    requires io.nationtech.harmony.domain;%s

                    provides DeploymentModule with
                            %s.%s;
                }
                """.formatted(comment(source), packageName, requires, packageName, type);
    }

    private String classBody() {
        StringBuilder text = new StringBuilder();
        text.append("/** Imported from %s. */\n".formatted(comment(source)));
        allowed.stream()
                .sorted()
                .forEach(rule -> text.append("@%s(rule = %s, because = %s)\n"
                        .formatted(java.type(Allow.class), java.of(rule), java.of(because(rule)))));
        text.append("public final class %s implements %s {\n\n".formatted(CLASS, java.type(DeploymentModule.class)));
        String capabilities = application.needs().stream()
                .sorted(Comparator.comparing(Class::getSimpleName))
                .map((Class<? extends Capability> type) -> java.type(type))
                .collect(Collectors.joining(", "));
        text.append("    /** What every node at home can do. */\n    interface Home extends %s {}\n\n"
                .formatted(capabilities));
        if (isLarge) {
            application.drafts().forEach(draft -> text.append(method(draft)));
            application.groups().forEach(group -> text.append(method(group)));
        }
        text.append("    @Override\n    public %s<Home> deployment() {\n".formatted(java.type(Deployment.class)));
        text.append("        var home = %s.of(%s.of(\"home\"), Home.class, %s.of(\"home\"));\n"
                .formatted(java.type(Topology.class), java.type(TopologyName.class), java.type(Site.class)));
        if (!isLarge) {
            Order.ofDeclaration(application.drafts())
                    .forEach(draft -> text.append("        var %s = %s;\n".formatted(draft.variable, service(draft))));
        }
        deployment(text);
        return text.toString();
    }

    private void deployment(StringBuilder text) {
        String begun = "Deployment.named(%s.of(\"%s\"))%s.on(home)"
                .formatted(java.type(DeploymentName.class), application.name(), LINE);
        List<String> runs = application.groups().stream()
                .map(group -> ".runs(%s)".formatted(isLarge ? groupMethod(group) + "()" : whole(group)))
                .toList();
        if (runs.size() > MOST_IN_ONE_EXPRESSION) {
            text.append("        var scored = %s%s%s;\n".formatted(begun, LINE, runs.getFirst()));
            runs.stream().skip(1).forEach(one -> text.append("        scored = scored%s;\n".formatted(one)));
            text.append("        return scored");
        } else {
            text.append("        return ").append(begun);
            runs.forEach(one -> text.append(LINE).append(one));
        }
        text.append(LINE).append(".provenBy(%s);\n    }\n}\n".formatted(tests()));
    }

    private String because(String rule) {
        return switch (rule) {
            case "image-floats" -> source + " names no version; name it here as soon as it is known which one runs";
            case "image-versions-differ" -> source + " runs one image at several versions";
            default -> source + " names its services so";
        };
    }

    private static String comment(String text) {
        return text.replace("*/", "* /").replace("\\", "/").replaceAll("[\\p{Cntrl}]", " ");
    }

    private String method(Draft draft) {
        return "    private static %s %s() {\n        return %s;\n    }\n\n"
                .formatted(java.type(Opening.of(draft).type()), draft.variable, service(draft));
    }

    private String groupMethod(Application.Group group) {
        return "group" + (application.groups().indexOf(group) + 1);
    }

    private String method(Application.Group group) {
        return "    private static %s<? super Home> %s() {\n        return %s;\n    }\n\n"
                .formatted(java.type(Score.class), groupMethod(group), whole(group));
    }

    private String service(Draft draft) {
        Opening opening = Opening.of(draft);
        StringBuilder text =
                new StringBuilder("%s.named(%s)".formatted(java.type(opening.begins()), java.of(draft.name)));
        opening.stages().forEach(word -> text.append(word(word)));
        draft.words.forEach(word -> text.append(word(word)));
        return text.toString();
    }

    private String word(Word word) {
        String comment = word.comment().map(why -> LINE + "// " + comment(why)).orElse("");
        String method = LINE + "." + word.method() + "(";
        return comment + method + java.arguments(word.arguments(), method.length(), "                        ") + ")";
    }

    private String whole(Application.Group group) {
        if (group.isAlone()) {
            return member(group.members().getFirst(), LINE + "        ");
        }
        StringBuilder text = new StringBuilder(
                "%s.<Home>of(%s%s".formatted(java.type(Together.class), INNER, java.of(group.name())));
        group.members().forEach(draft -> text.append(',').append(INNER).append(member(draft, INNER + "        ")));
        text.append(')');
        for (Application.Shared shared : group.shared()) {
            text.append(INNER)
                    .append(".with(%s.named(%s)".formatted(java.type(SharedVolume.class), java.of(shared.name())));
            for (Map.Entry<Draft, ?> place : shared.places().entrySet()) {
                text.append(".at(%s, %s)".formatted(reference(place.getKey()), java.of(place.getValue())));
            }
            text.append(')');
        }
        group.seeds().forEach(seed -> text.append(INNER).append(".with(%s)".formatted(java.of(seed.extension()))));
        return text.toString();
    }

    private String reference(Draft draft) {
        return isLarge ? draft.variable + "()" : draft.variable;
    }

    private String member(Draft draft, String line) {
        StringBuilder text = new StringBuilder(reference(draft));
        for (int i = 0; i < draft.additions.size(); i++) {
            text.append(i == 0 ? "" : line).append(addition(draft.additions.get(i), i == 0, line));
        }
        return text.toString();
    }

    /** The first may be said by a word of the service's own. */
    private String addition(Addition addition, boolean isFirst, String line) {
        String indentation = line.substring(1) + "        ";
        if (isFirst) {
            switch (addition.extension()) {
                case Volumes volumes -> {
                    return ".volumes(%s)".formatted(java.arguments(volumes.volumes(), line.length(), indentation));
                }
                case Secrets secrets -> {
                    return ".secrets(%s)".formatted(java.arguments(secrets.secrets(), line.length(), indentation));
                }
                case Shares shares -> {
                    return ".shares(%s)".formatted(java.arguments(shares.shares(), line.length(), indentation));
                }
                case SecretEnv env
                when env.variables().size() == 1 -> {
                    Map.Entry<EnvName, SecretText> only =
                            env.variables().entrySet().iterator().next();
                    return ".secretEnv(%s)"
                            .formatted(java.arguments(
                                    java.variable(only.getKey(), only.getValue()), line.length(), indentation));
                }
                default -> {}
            }
        }
        return ".with(%s)".formatted(java.of(addition.extension()).replace("\n.and(", "\n" + indentation + ".and("));
    }

    private String tests() {
        return application.groups().stream().map(this::test).collect(Collectors.joining("," + INNER));
    }

    private String test(Application.Group group) {
        Draft draft = Assembly.asked(group);
        Optional<PublishedPort> port = Assembly.tcp(draft);
        return port.isPresent()
                ? "%s.of(%s, %s)"
                        .formatted(
                                java.type(TcpSmokeTest.class),
                                reference(draft),
                                java.of(port.get().node()))
                : "%s.of(%s)".formatted(java.type(HealthSmokeTest.class), reference(draft));
    }

    static List<String> rules() {
        return List.of("image-floats", "image-versions-differ", "names-alike");
    }
}
