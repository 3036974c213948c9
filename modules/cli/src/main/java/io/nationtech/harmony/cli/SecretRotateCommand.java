package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.age.AgeSecrets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "rotate",
        description = "Replace a value by a random one; or encrypt the store anew, for your key and others.",
        footer = {
            "",
            "With --recipient, your own key and those named can read the store from now on, and nobody else. Who could read it",
            "before can read a copy of it still: when a key was lost or a person left, rotate the values too.",
            "",
            "Examples:",
            "  harmony secret rotate db-password",
            "  harmony secret rotate --recipient age1… --recipient age1…",
            "  harmony secret rotate --only-mine"
        })
final class SecretRotateCommand implements Callable<Integer> {
    private static final int SHORTEST = 16;

    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "<secret>", description = "the secret whose value is replaced")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--length",
            paramLabel = "<characters>",
            defaultValue = "32",
            description = "of the new value, letters and digits; 16 to 65536 (default: ${DEFAULT-VALUE})")
    private int length;

    @Option(
            names = "--recipient",
            paramLabel = "<age1…>",
            converter = ReadKey.class,
            description = "the public key of somebody who may read the store beside you; again for each")
    private List<RecipientKey> recipients = List.of();

    @Option(names = "--only-mine", description = "encrypt the store anew for your own key alone")
    private boolean onlyMine;

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    SecretRotateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        boolean isOfStore = onlyMine || !recipients.isEmpty();
        if (isOfStore == name.isPresent() || (onlyMine && !recipients.isEmpty()) || length < SHORTEST) {
            throw new CommandFailedException(
                    ExitCode.USAGE,
                    new Cause(
                            "name a secret, or --recipient, or --only-mine; a length is at least " + SHORTEST,
                            "harmony secret rotate",
                            "`harmony secret rotate --help` shows examples"));
        }
        name.ifPresentOrElse(this::value, this::store);
        return ExitCode.DONE.code();
    }

    private void value(String text) {
        SecretRef ref = SecretRef.parse(text);
        try (Secrets store = secrets.open();
                Secret fresh = Secret.random(new SecureRandom(), length)) {
            CaCommand.requireAuthority(ref, fresh);
            SecretSetCommand.tell(terminal, ref, store, store.rotate(ref, fresh));
        }
    }

    private void store() {
        Set<RecipientKey> others = new TreeSet<>(recipients);
        // Both close the same key; closing twice is harmless.
        try (AgeSecrets before = secrets.embedded();
                AgeSecrets after = before.rotateKey(secrets.identity(), others)) {
            terminal.say("%s is encrypted anew, for:".formatted(after.place()));
            after.recipients().forEach(recipient -> terminal.say("  " + recipient));
        }
    }

    /** Reads a public key. */
    static final class ReadKey implements ITypeConverter<RecipientKey> {
        @Override
        public RecipientKey convert(String text) {
            try {
                return RecipientKey.of(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
