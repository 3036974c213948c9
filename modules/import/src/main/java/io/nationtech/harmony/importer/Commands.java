package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.score.SecretEnv;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the words of commands. No secret gets into them: where one stands, it becomes a variable, and a shell in the container puts that in its place. The
 * shell's own words are seen by everybody, what it starts is not asked to hide what it is given.
 */
final class Commands {
    private static final Pattern SHELL = Pattern.compile("(/bin/|/usr/bin/)?(ba|a|da)?sh");
    private static final Pattern OPTION = Pattern.compile(
            "(?s)(?<before>--?[A-Za-z0-9._-]*(?:password|passwd|secret|token|api-?key|requirepass)[A-Za-z0-9._-]*=)(?<value>[^$/{ \uE000][^\uE000]*)");
    private static final Pattern NEXT =
            Pattern.compile("--?[A-Za-z0-9._-]*(?:password|passwd|secret|token|api-?key|requirepass)");

    private final Project project;
    private final Draft draft;
    private final Map<EnvName, SecretText> secrets = new TreeMap<>();

    Commands(Project project, Draft draft) {
        this.project = project;
        this.draft = draft;
    }

    /** What is added to the environment for what was said. */
    Map<EnvName, SecretText> secrets() {
        return secrets;
    }

    void read(Optional<Value> entrypoint, Optional<Value> command) {
        List<String> program = entrypoint.map(this::words).orElse(List.of());
        List<String> words = command.map(this::words).orElse(List.of());
        Place at = entrypoint.or(() -> command).map(Value::at).orElse(draft.at);
        List<String> first = told(program, at);
        List<String> rest = told(words, at);
        if (Stream.concat(first.stream(), rest.stream()).anyMatch(Holes::isIn)) {
            inShell(first, rest, at);
            return;
        }
        if (!first.isEmpty()) {
            Arguments arguments = new Arguments(first);
            draft.say(Word.of("entrypoint", one -> one.entrypoint(arguments), arguments));
        }
        if (!rest.isEmpty()) {
            Arguments arguments = new Arguments(rest);
            draft.say(Word.of("args", one -> one.args(arguments), arguments));
        }
    }

    private List<String> words(Value value) {
        if (value instanceof Value.Items items) {
            return items.values().stream()
                    .map(item -> item instanceof Value.Scalar scalar ? scalar.value() : "")
                    .toList();
        }
        return ShellWords.split(value instanceof Value.Scalar scalar ? scalar.value() : "", value.at());
    }

    /** The words with others' names as theirs, and with holes where secrets are, each of which is a variable then. */
    private List<String> told(List<String> words, Place at) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            boolean isSecret = i > 0
                    && NEXT.matcher(words.get(i - 1)).matches()
                    && !words.get(i).matches("(?s)[-/$\uE000].*|");
            String word = isSecret
                    ? ofValue(words.get(i), words.get(i - 1).replaceFirst("^-+", ""), at)
                    : withoutSecrets(words.get(i), at);
            told.add(Hosts.renamed(project, draft, SecretFiles.renamed(word)));
        }
        return told;
    }

    private String withoutSecrets(String word, Place at) {
        String open = Holes.filled(word, variable -> {
            boolean isSecret = SecretWords.isName(variable)
                    || project.variables().valueOf(variable).isPresent();
            if (!isSecret) {
                project.findings()
                        .note(
                                at,
                                "${%s} in the command of '%s'".formatted(variable, draft),
                                "has no value in .env: left empty");
                return "";
            }
            return hole(
                    variable,
                    project.vault().ofVariable(variable, project.variables().valueOf(variable), at));
        });
        Matcher option = OPTION.matcher(open);
        if (option.matches()) {
            return option.group("before")
                    + ofValue(option.group("value"), option.group("before").replaceAll("^-+|=$", ""), at);
        }
        Matcher password = SecretWords.IN_ADDRESS.matcher(open);
        if (password.find()
                && !Holes.isIn(password.group())
                && !password.group().matches("[$%{<].*")) {
            return withoutSecrets(
                    open.substring(0, password.start())
                            + ofValue(password.group(), "password", at)
                            + open.substring(password.end()),
                    at);
        }
        Optional<Map.Entry<String, SecretRef>> known = project.vault().in(open);
        if (known.isPresent()) {
            return withoutSecrets(
                    open.replace(known.get().getKey(), hole(known.get().getValue())), at);
        }
        return SecretWords.isRandom(open) ? ofValue(open, "value", at) : open;
    }

    private String ofValue(String value, String name, Place at) {
        return hole(project.vault().ofValue(value, name, draft.key, at));
    }

    private String hole(SecretRef secret) {
        return hole(secret.name().toUpperCase(Locale.ROOT).replace('-', '_'), secret);
    }

    private String hole(String variable, SecretRef secret) {
        EnvName name = free(variable.replaceFirst("^([0-9])", "_$1"), SecretText.of(secret));
        secrets.put(name, SecretText.of(secret));
        return Holes.hole(name.value());
    }

    /** Not one that means something else in the environment already. */
    private EnvName free(String variable, SecretText text) {
        return Stream.concat(
                        Stream.of(variable),
                        Stream.iterate(2, number -> number + 1).map(number -> variable + "_" + number))
                .map(EnvName::of)
                .filter(name -> !isPlain(draft, name)
                        && text.equals(environment(draft).getOrDefault(name, text))
                        && text.equals(secrets.getOrDefault(name, text)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isPlain(Draft draft, EnvName name) {
        return draft.words.stream()
                .anyMatch(word -> word.method().equals("env")
                        && word.arguments().getFirst().equals(name));
    }

    private static Map<EnvName, SecretText> environment(Draft draft) {
        Map<EnvName, SecretText> all = new TreeMap<>();
        draft.additions.stream()
                .filter(one -> one.extension() instanceof SecretEnv)
                .forEach(one -> all.putAll(((SecretEnv) one.extension()).variables()));
        return all;
    }

    private void inShell(List<String> program, List<String> words, Place at) {
        Stream<String> usual = program.isEmpty() && words.getFirst().startsWith("-")
                ? draft.image.flatMap(Images::program).stream()
                : Stream.empty();
        List<String> all = Stream.of(usual, program.stream(), words.stream())
                .flatMap(one -> one)
                .toList();
        List<String> shell;
        if (all.size() > 2
                && SHELL.matcher(all.getFirst()).matches()
                && all.get(1).matches("-[a-z]*c")) {
            shell = scripts(all, at);
        } else if (all.getFirst().startsWith("-")) {
            throw new RefusedSourceException(
                    at,
                    "the command of service '%s' has a secret in it, and names no program that a shell could give it to"
                            .formatted(draft),
                    "name the program by `entrypoint:`, or give the secret by a variable or a file");
        } else {
            shell = List.of(
                    "/bin/sh",
                    "-c",
                    "exec " + all.stream().map(Commands::quoted).collect(Collectors.joining(" ")));
        }
        project.findings()
                .note(
                        at,
                        "secrets in the command of '%s'".formatted(draft),
                        "a shell in the container puts them in: its image must have /bin/sh");
        Arguments arguments = new Arguments(shell);
        draft.say((program.isEmpty()
                        ? Word.of("args", one -> one.args(arguments), arguments)
                        : Word.of("entrypoint", one -> one.entrypoint(arguments), arguments))
                .saying("a shell puts the secrets in, so that no plan and no unit has them"));
    }

    /** A script has its variables itself; between single quotes it has none. */
    private List<String> scripts(List<String> words, Place at) {
        List<String> scripts = new ArrayList<>(words.subList(0, 2));
        for (String word : words.subList(2, words.size())) {
            if (isWithinSingleQuotes(word)) {
                throw new RefusedSourceException(
                        at,
                        "a script of service '%s' has a secret between single quotes".formatted(draft),
                        "use double quotes there");
            }
            scripts.add(Holes.filled(word, "${%s}"::formatted));
        }
        return scripts;
    }

    private static boolean isWithinSingleQuotes(String script) {
        boolean isSingle = false;
        boolean isDouble = false;
        for (int i = 0; i < script.length(); i++) {
            char character = script.charAt(i);
            if (character == '\'' && !isDouble) {
                isSingle = !isSingle;
            } else if (character == '"' && !isSingle) {
                isDouble = !isDouble;
            } else if (isSingle && Holes.isMarked(String.valueOf(character))) {
                return true;
            }
        }
        return false;
    }

    private static String quoted(String word) {
        return Holes.parts(word).stream()
                .map(part -> switch (part) {
                    case Holes.Part.Plain(String text) ->
                        text.matches("[A-Za-z0-9_./:=@,+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
                    case Holes.Part.Hole(String variable) -> "\"${%s}\"".formatted(variable);
                })
                .collect(Collectors.collectingAndThen(Collectors.joining(), text -> text.isEmpty() ? "''" : text));
    }

    /** What a command needs joins what the environment has. */
    static void join(Draft draft, Map<EnvName, SecretText> secrets) {
        Map<EnvName, SecretText> all = environment(draft);
        all.putAll(secrets);
        draft.additions.removeIf(one -> one.extension() instanceof SecretEnv);
        draft.additions.add(new Addition(new SecretEnv(all), SecretStore.class));
    }
}
