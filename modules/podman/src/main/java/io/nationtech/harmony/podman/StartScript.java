package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.Storage;
import io.nationtech.harmony.domain.node.Program;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is done in a container before its program: a shell there puts files into its volumes that are to begin with them, reads the files of
 * secrets into the environment, and becomes the program.
 *
 * <p>For secrets, podman's own variables and secrets are no way: it writes both onto the disk (podman 5.4). What stands in podman's words and in
 * units is the names alone. For files, the container itself is who may write into its volumes: whatever it has put there, a link that leads
 * elsewhere, leads nowhere on the node.
 */
record StartScript(StaticBusybox busybox, Images images) {
    /** What the kernel takes as one text of an environment, with the NUL at its end: MAX_ARG_STRLEN, execve(2). */
    private static final int MOST_BYTES = 131_072;

    /** What shells take over; they drop variables of other names, as {@code discovery.type}. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);

    /** Whether a container can be started. */
    sealed interface Start {
        /** It can, in this way. */
        record Possible(EquippedContainer equipped) implements Start {}

        /** It cannot. */
        record Refused(Cause cause) implements Start {}
    }

    /** The way to start a container; as it is, when nothing is to be done before. */
    Start start(UnitName unit, EquippedContainer equipped, SecretValues secrets) {
        Container container = equipped.container();
        boolean hasSecrets = !container.security().env().isEmpty();
        if (!hasSecrets && container.storage().seeds().isEmpty()) {
            return new Start.Possible(equipped);
        }
        Optional<Cause> obstacle = busybox.obstacle(
                hasSecrets ? "no secret can be put into an environment" : "no file can be put into a volume");
        if (obstacle.isPresent()) {
            return new Start.Refused(obstacle.get());
        }
        return switch (images.inspect(unit.deployment(), container, secrets)) {
            case Images.Inspection.Failed(Cause cause) -> new Start.Refused(cause);
            case Images.Inspection.Done(ImageConfig image) -> start(equipped, image);
        };
    }

    private Start start(EquippedContainer equipped, ImageConfig image) {
        Container container = equipped.container();
        try {
            Program program = container.execution().program();
            Program behindShell = program.entrypoint(
                            Arguments.of(StaticBusybox.INSIDE, "sh", "-c", script(container, image), "harmony"))
                    .args(new Arguments(words(program, image)));
            return new Start.Possible(new EquippedContainer(
                    container.with(container.execution().with(behindShell)),
                    equipped.deviceFiles(),
                    Stream.concat(equipped.mounts().stream(), Stream.of(busybox.mount()))
                            .toList(),
                    equipped.words()));
        } catch (InvalidValueException e) {
            return new Start.Refused(new Cause(
                    "what container '%s' runs cannot be started with secrets in its environment or files in its volumes: %s"
                            .formatted(container.name(), e.getMessage()),
                    "image " + container.image(),
                    "name the program in the deployment, by entrypoint(…); `podman image inspect %s` shows what the image says"
                            .formatted(container.image())));
        }
    }

    /** As podman puts them together. */
    private static List<String> words(Program program, ImageConfig image) {
        List<String> first = program.entrypoint().map(Arguments::words).orElse(image.entrypoint());
        List<String> usual = program.entrypoint().isPresent() ? List.of() : image.cmd();
        return Stream.concat(first.stream(), program.args().map(Arguments::words).orElse(usual).stream())
                .toList();
    }

    /**
     * Variables are exported at the end, as the programs that the shell starts would have them too. It looks for the container's program by
     * itself, since busybox's shell takes busybox's own for it where both have one of that name.
     */
    private static String script(Container container, ImageConfig image) {
        return """
                unset PWD OLDPWD SHLVL
                fail() { echo "harmony: $1" >&2; exit 127; }
                seed() {
                    [ -e "$2" ] || [ -L "$2" ] || {
                        %1$s mkdir -p "${2%%/*}" && %1$s dd if="$1" of="$2.harmony" conv=fsync 2>/dev/null &&
                            %1$s mv "$2.harmony" "$2"
                    } || fail "file $2 cannot be put into its volume; whom does the volume belong to?"
                }
                readable() { [ -r "/run/secrets/$1" ] || fail "/run/secrets/$1 cannot be read"; }
                secret() {
                    readable "$1"
                    IFS= read -r -d '' harmony_value < "/run/secrets/$1" && fail "secret '$1' has a NUL, and no environment can have that"
                    harmony_text=$harmony_text$harmony_value
                }
                url() {
                    readable "$1"
                    for harmony_byte in $(%1$s hexdump -ve '1/1 "%%02X "' "/run/secrets/$1"); do
                        case $harmony_byte in
                        2D|2E|3[0-9]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE]) eval "harmony_text=\\$harmony_text\\$'\\\\x$harmony_byte'" ;;
                        *) harmony_text=$harmony_text%%$harmony_byte ;;
                        esac
                    done
                }
                %2$s
                %3$s
                harmony_name=$1 harmony_file=$1
                shift
                case $harmony_name in
                */*) ;;
                *)
                    harmony_file=
                    set -f
                    IFS=:
                    for harmony_folder in $PATH; do
                        harmony_file=$harmony_folder/$harmony_name
                        [ -f "$harmony_file" ] && [ -x "$harmony_file" ] && break
                        harmony_file=
                    done
                    ;;
                esac
                [ "$harmony_file" ] || fail "there is no program '$harmony_name' in PATH"
                exec %4$s "$@"
                """.formatted(
                        StaticBusybox.INSIDE,
                        seeds(container.storage()),
                        variables(container.security().env()),
                        program(container, image));
    }

    private static String seeds(Storage storage) {
        return storage.seeds().stream()
                .map(seed -> "seed %s %s".formatted(EquippedContainer.insideOf(storage, seed), seed.at()))
                .collect(Collectors.joining("\n"));
    }

    /** In a fixed order, so that the same container is told in the same words. */
    private static String variables(Map<EnvName, SecretText> env) {
        if (env.isEmpty()) {
            return "";
        }
        Map<EnvName, SecretText> ordered = new TreeMap<>(env);
        return Stream.concat(
                        ordered.entrySet().stream()
                                .map(variable -> variable.getValue().parts().stream()
                                        .map(StartScript::addition)
                                        .collect(Collectors.joining(
                                                "; ", "harmony_text=; ", "; " + variable.getKey() + "=$harmony_text"))),
                        Stream.of(ordered.keySet().stream()
                                .map(EnvName::value)
                                .collect(Collectors.joining(" ", "export ", ""))))
                .collect(Collectors.joining("\n"));
    }

    private static String addition(SecretText.Part part) {
        return switch (part) {
            case SecretText.Part.Plain(EnvText text) -> "harmony_text=$harmony_text" + quoted(text.value());
            case SecretText.Part.Value(SecretRef secret) -> "secret " + secret.name();
            case SecretText.Part.InUrl(SecretRef secret) -> "url " + secret.name();
        };
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static String program(Container container, ImageConfig image) {
        Stream<String> declared = new TreeMap<>(container.execution().env())
                .entrySet().stream().map(variable -> variable.getKey() + "=" + variable.getValue());
        List<String> dropped = Stream.concat(image.env().stream(), declared)
                .filter(variable -> !NAME.matcher(variable).matches())
                .map(StartScript::quoted)
                .toList();
        return dropped.isEmpty()
                ? "-a \"$harmony_name\" \"$harmony_file\""
                : "%s env %s \"$harmony_file\"".formatted(StaticBusybox.INSIDE, String.join(" ", dropped));
    }

    /** The values, but for those that no variable of the container can have. */
    static SecretValues fitting(Container container, SecretValues values) {
        return (secret, reader) -> {
            List<Cause> unfit = new ArrayList<>();
            Optional<Cause> missing = values.lend(secret, value -> {
                container.security().env().entrySet().stream()
                        .filter(variable -> variable.getValue().secrets().contains(secret.ref()))
                        .flatMap(variable -> unfit(variable.getKey(), secret.ref(), value).stream())
                        .forEach(unfit::add);
                if (unfit.isEmpty()) {
                    reader.accept(value);
                }
            });
            return missing.or(() -> unfit.stream().findFirst());
        };
    }

    private static Optional<Cause> unfit(EnvName variable, SecretRef secret, byte[] value) {
        int most = MOST_BYTES - (variable + "=").getBytes(StandardCharsets.US_ASCII).length - 1;
        for (byte one : value) {
            if (one == 0) {
                return Optional.of(unfit(variable, secret, "has a NUL, and no environment can have that"));
            }
        }
        return value.length > most
                ? Optional.of(unfit(variable, secret, "has %d bytes, and %d fit".formatted(value.length, most)))
                : Optional.empty();
    }

    private static Cause unfit(EnvName variable, SecretRef secret, String why) {
        return new Cause(
                "secret '%s' cannot be the value of variable %s: it %s".formatted(secret.name(), variable, why),
                "the secret store",
                "set another value: `harmony secret set %1$s`; or let the program read /run/secrets/%1$s"
                        .formatted(secret.name()));
    }
}
