package io.nationtech.harmony.importer;

import io.nationtech.harmony.config.file.ConfigFile;
import io.nationtech.harmony.config.file.MountedConfig;
import io.nationtech.harmony.config.file.SeededFile;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that come with the application: their text, from which secrets are lifted out. */
final class FileContent {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", Pattern.DOTALL);
    private static final Pattern RANDOM = Pattern.compile("[A-Za-z0-9+/=_-]{24,}");
    /** A constant of Java has 65,535 bytes at most. */
    private static final int LONGEST_CONSTANT = 20_000;

    private static final int LONGEST_NAME = 40;

    /** What a configuration file may have; more is not even looked through. */
    private static final int LONGEST = 256 * 1024;

    /** Each is looked for in all that comes after the one before. */
    private static final int MOST_SECRETS = 100;

    private final Project project;
    private final Draft draft;

    FileContent(Project project, Draft draft) {
        this.project = project;
        this.draft = draft;
    }

    void mount(String text, String name, MountPath target, Place at) {
        List<ConfigFile.Part> parts = parts(text, name, at);
        if (parts.stream()
                .anyMatch(part -> part instanceof ConfigFile.Text(String plain) && plain.indexOf('\0') >= 0)) {
            throw new RefusedSourceException(at, "file %s is no text".formatted(name), "put it into an image");
        }
        ConfigFile file = new ConfigFile(ResourceName.of(free(name)), parts, ConfigFile.Mode.DEFAULT, Optional.empty());
        draft.additions.add(MountReader.addition(new MountedConfig<>(file, target)));
    }

    /** A file that a volume begins with; one with secrets would lie on the disk with them, and is mounted. */
    void seed(String text, String name, MountPath target, Place at) {
        List<ConfigFile.Part> parts = parts(text, name, at);
        if (parts.stream().anyMatch(ConfigFile.SecretValue.class::isInstance)) {
            project.findings()
                    .note(
                            at,
                            "file %s of '%s', with secrets".formatted(name, draft),
                            "mounted, and cannot be changed by the program");
            mount(text, name, target, at);
            return;
        }
        ConfigFile file = new ConfigFile(ResourceName.of(free(name)), parts, ConfigFile.Mode.DEFAULT, Optional.empty());
        draft.seeds.add(new Addition(SeededFile.of(file, target), ContainerRuntime.class));
    }

    /** A file that is not there: whoever has it puts it into the store, and nothing starts without it. */
    void absent(String source, String name, MountPath target, Place at) {
        String file = free(name);
        SecretRef secret = project.vault().ofVariable("file:" + source, Optional.empty(), at);
        List<ConfigFile.Part> parts = List.of(new ConfigFile.Text(""), secret(secret));
        project.findings()
                .note(
                        at,
                        "file %s of '%s'".formatted(source, draft),
                        "is not there: put its text into the store, `harmony secret set %s < <file>`"
                                .formatted(secret.name()));
        draft.additions.add(MountReader.addition(new MountedConfig<>(
                new ConfigFile(ResourceName.of(file), parts, ConfigFile.Mode.DEFAULT, Optional.empty()), target)));
    }

    private String free(String name) {
        String base = draft.name + "-" + (name.isEmpty() ? "file" : name);
        String cut = base.length() > LONGEST_NAME
                ? base.substring(base.length() - LONGEST_NAME).replaceFirst("^[^a-z0-9]+", "")
                : base;
        String one = cut;
        for (int number = 2; !project.fileNames().add(one); number++) {
            one = number + "-" + cut;
        }
        return one;
    }

    private List<ConfigFile.Part> parts(String text, String name, Place at) {
        if (text.length() > LONGEST) {
            throw new RefusedSourceException(
                    at,
                    "file %s has %d characters; a configuration file may have %d"
                            .formatted(name, text.length(), LONGEST),
                    "put it into an image, or into a share of the household");
        }
        List<ConfigFile.Part> parts = new ArrayList<>();
        for (Holes.Part part : Holes.parts(Hosts.renamed(project, draft, SecretFiles.renamed(text)))) {
            switch (part) {
                case Holes.Part.Plain(String plain) -> withoutSecrets(plain, at, parts);
                case Holes.Part.Hole(String variable) -> {
                    if (SecretWords.isName(variable)
                            || project.variables().valueOf(variable).isPresent()) {
                        parts.add(secret(project.vault()
                                .ofVariable(variable, project.variables().valueOf(variable), at)));
                    } else {
                        project.findings()
                                .note(
                                        at,
                                        "${%s} in a file of '%s'".formatted(variable, draft),
                                        "has no value in .env: left empty");
                    }
                }
            }
        }
        if (parts.isEmpty()) {
            parts.add(new ConfigFile.Text(""));
        }
        return parts;
    }

    private static ConfigFile.Part secret(SecretRef secret) {
        return new ConfigFile.SecretValue(new MountedSecret(secret, 1));
    }

    /** The first of all that looks like a secret, again and again. */
    private void withoutSecrets(String text, Place at, List<ConfigFile.Part> parts) {
        String rest = text;
        for (int secrets = 0; ; secrets++) {
            Optional<Found> found = first(rest);
            if (found.isEmpty()) {
                plain(rest, parts);
                return;
            }
            if (secrets == MOST_SECRETS) {
                throw new RefusedSourceException(
                        at,
                        "a file of '%s' has more than %d values that look like secrets".formatted(draft, MOST_SECRETS),
                        "put the whole file into the store, and mount it as a secret");
            }
            String value = rest.substring(found.get().begin(), found.get().end());
            plain(rest.substring(0, found.get().begin()), parts);
            parts.add(secret(found.get()
                    .known()
                    .orElseGet(() -> project.vault().ofValue(value, found.get().name(), draft.key, at))));
            rest = rest.substring(found.get().end());
        }
    }

    private record Found(int begin, int end, String name, Optional<SecretRef> known) {}

    private Optional<Found> first(String text) {
        List<Found> all = new ArrayList<>();
        SecretWords.settings(text)
                .findFirst()
                .ifPresent(setting ->
                        all.add(new Found(setting.begin(), setting.end(), setting.name(), Optional.empty())));
        find(KEY, text, "private-key").ifPresent(all::add);
        find(SecretWords.IN_ADDRESS, text, "password").ifPresent(all::add);
        Matcher random = RANDOM.matcher(text);
        while (random.find()) {
            if (SecretWords.isRandom(random.group())) {
                all.add(new Found(random.start(), random.end(), "value", Optional.empty()));
                break;
            }
        }
        Optional<Map.Entry<String, SecretRef>> known = project.vault().in(text);
        known.ifPresent(entry -> {
            int begin = text.indexOf(entry.getKey());
            all.add(new Found(begin, begin + entry.getKey().length(), "", Optional.of(entry.getValue())));
        });
        return all.stream().min((one, other) -> Integer.compare(one.begin(), other.begin()));
    }

    private static Optional<Found> find(Pattern pattern, String text, String name) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() && !matcher.group().startsWith("$")
                ? Optional.of(new Found(matcher.start(), matcher.end(), name, Optional.empty()))
                : Optional.empty();
    }

    private static void plain(String text, List<ConfigFile.Part> parts) {
        for (int begin = 0; begin < text.length(); ) {
            int end = Math.min(text.length(), begin + LONGEST_CONSTANT);
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            parts.add(new ConfigFile.Text(text.substring(begin, end)));
            begin = end;
        }
    }
}
