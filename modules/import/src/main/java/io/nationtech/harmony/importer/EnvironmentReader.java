package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.score.HostText;
import io.nationtech.harmony.domain.score.SecretEnv;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a service's environment: plain text, where other services are, and what is lifted out as a secret. */
final class EnvironmentReader {
    /** Variables whose values are addresses, of which only the password is secret. */
    private static final Pattern ADDRESS = Pattern.compile("(DSN|URL|URI|CONN\\w*)$", Pattern.CASE_INSENSITIVE);

    private final Project project;
    private final Draft draft;
    private final Map<EnvName, SecretText> secrets = new TreeMap<>();

    EnvironmentReader(Project project, Draft draft) {
        this.project = project;
        this.draft = draft;
    }

    /** All variables, those of files first. */
    Map<String, Value> variables(Value service) {
        Map<String, Value> all = new LinkedHashMap<>();
        for (Value entry : service.get("env_file").map(Value::items).orElse(List.of())) {
            Value path = entry.get("path").orElse(entry);
            String name = project.plain(path);
            Optional<String> text = project.files().text(name, path.at());
            if (text.isEmpty()) {
                project.findings()
                        .note(
                                path.at(),
                                "env_file %s of '%s'".formatted(name, draft),
                                "is not there: say its variables by env(…) and secretEnv(…)");
            }
            text.ifPresent(lines ->
                    Variables.file(lines).forEach((key, value) -> all.put(key, new Value.Scalar(value, path.at()))));
        }
        service.get("environment").ifPresent(own -> all.putAll(own.named()));
        return all;
    }

    void read(Map<String, Value> variables) {
        variables.forEach((name, value) -> project.findings().attempt(value.at(), () -> one(name, value)));
        if (!secrets.isEmpty()) {
            draft.additions.add(new Addition(new SecretEnv(secrets), SecretStore.class));
        }
    }

    private void one(String key, Value value) {
        EnvName name = EnvName.of(project.variables().filled(key));
        if (value instanceof Value.Nothing) {
            passedOn(name, value.at());
            return;
        }
        String text = SecretFiles.renamed(value instanceof Value.Scalar scalar ? scalar.value() : "");
        if (isSecret(key, text)) {
            secrets.put(name, SecretText.of(secret(key, text, value.at())));
            return;
        }
        List<Consumer<Said>> parts = parts(key, text, value.at());
        Said said = new Said(new ArrayList<>(), new ArrayList<>());
        parts.forEach(part -> part.accept(said));
        if (said.isSecret()) {
            secrets.put(name, said.secret());
        } else {
            plain(name, said.plain());
        }
    }

    /** A name alone: the value of whoever starts compose. */
    private void passedOn(EnvName name, Place at) {
        Optional<String> value = project.variables().valueOf(name.value());
        if (SecretWords.isName(name.value())) {
            secrets.put(name, SecretText.of(project.vault().ofVariable(name.value(), value, at)));
        } else if (value.isPresent()) {
            plain(name, value.get());
        } else {
            project.findings()
                    .note(at, "variable %s of '%s'".formatted(name, draft), "has no value in .env, and is left out");
        }
    }

    private boolean isSecret(String key, String text) {
        String filled = project.variables().filled(text);
        return SecretWords.isSecret(key, filled)
                && !(SecretWords.hasAddressWithPassword(filled)
                        && ADDRESS.matcher(key).find());
    }

    private SecretRef secret(String key, String text, Place at) {
        List<String> holes = Holes.variables(text);
        if (holes.size() == 1 && text.equals(Holes.hole(holes.getFirst()))) {
            return ofHole(holes.getFirst(), at);
        }
        return project.vault().ofValue(text, key, draft.key, at);
    }

    private SecretRef ofHole(String variable, Place at) {
        return project.vault().ofVariable(variable, project.variables().valueOf(variable), at);
    }

    /** What a text is made of, as secrets are found in it. */
    private record Said(List<SecretText.Part> parts, List<String> plainParts) {
        boolean isSecret() {
            return parts.stream().anyMatch(part -> !(part instanceof SecretText.Part.Plain));
        }

        SecretText secret() {
            return new SecretText(parts);
        }

        String plain() {
            return String.join("", plainParts);
        }

        void plain(String text) {
            plainParts.add(text);
            parts.add(new SecretText.Part.Plain(EnvText.of(text)));
        }
    }

    private List<Consumer<Said>> parts(String key, String text, Place at) {
        Matcher password = SecretWords.IN_ADDRESS.matcher(text);
        List<Consumer<Said>> parts = new ArrayList<>();
        int end = 0;
        while (password.find()) {
            parts.addAll(withoutAddress(key, text.substring(end, password.start()), at));
            String found = password.group();
            if (!found.matches("[$%{<].*")) {
                SecretRef secret = secret(key + "-password", found, at);
                parts.add(said -> said.parts().add(new SecretText.Part.InUrl(secret)));
            } else {
                parts.add(said -> said.plain(found));
            }
            end = password.end();
        }
        parts.addAll(withoutAddress(key, text.substring(end), at));
        return parts;
    }

    private List<Consumer<Said>> withoutAddress(String key, String text, Place at) {
        List<Consumer<Said>> parts = new ArrayList<>();
        for (Holes.Part part : Holes.parts(text)) {
            switch (part) {
                case Holes.Part.Hole(String variable) -> parts.add(hole(key, variable, at));
                case Holes.Part.Plain(String plain) -> parts.addAll(withoutSettings(plain, at));
            }
        }
        return parts;
    }

    /** Some programs have all their settings in one variable. */
    private List<Consumer<Said>> withoutSettings(String text, Place at) {
        List<Consumer<Said>> parts = new ArrayList<>();
        int end = 0;
        for (SecretWords.Setting setting : SecretWords.settings(text).toList()) {
            SecretRef secret = project.vault()
                    .ofValue(text.substring(setting.begin(), setting.end()), setting.name(), draft.key, at);
            parts.addAll(withoutKnown(text.substring(end, setting.begin())));
            parts.add(said -> said.parts().add(new SecretText.Part.Value(secret)));
            end = setting.end();
        }
        parts.addAll(withoutKnown(text.substring(end)));
        return parts;
    }

    private Consumer<Said> hole(String key, String variable, Place at) {
        if (SecretWords.isName(variable)
                || project.variables().valueOf(variable).isPresent()) {
            SecretRef secret = ofHole(variable, at);
            return said -> said.parts().add(new SecretText.Part.Value(secret));
        }
        if (project.names().of(Holes.hole(variable)).isPresent()) {
            return said -> said.plain(Holes.hole(variable));
        }
        project.findings()
                .note(
                        at,
                        "${%s} in %s of '%s'".formatted(variable, key, draft),
                        "has no value in .env: left empty, say it by env(…)");
        return said -> said.plain("");
    }

    /** A value that is known to be a secret elsewhere is one here too. */
    private List<Consumer<Said>> withoutKnown(String text) {
        Optional<Map.Entry<String, SecretRef>> known = project.vault().in(text);
        if (known.isEmpty()) {
            return List.of(said -> said.plain(text));
        }
        int begin = text.indexOf(known.get().getKey());
        SecretRef secret = known.get().getValue();
        List<Consumer<Said>> parts = new ArrayList<>(withoutKnown(text.substring(0, begin)));
        parts.add(said -> said.parts().add(new SecretText.Part.Value(secret)));
        parts.addAll(withoutKnown(text.substring(begin + known.get().getKey().length())));
        return parts;
    }

    private void plain(EnvName name, String text) {
        HostUse use = Hosts.of(project, draft, project.names().inVariable(draft, name.value(), text), text);
        if (use.isPlain()) {
            EnvText value = EnvText.of(use.text());
            draft.say(Word.of("env", service -> service.env(name, value), name, value));
        } else {
            HostText where = use.made();
            draft.say(Word.of("env", service -> service.env(name, where), name, use));
        }
    }
}
