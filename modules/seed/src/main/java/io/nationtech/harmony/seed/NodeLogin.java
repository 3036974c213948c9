package io.nationtech.harmony.seed;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** What lets a node into the mesh, as a creds file of NATS has it. Its frame alone is checked here; never shows itself. */
public record NodeLogin(String creds) {
    private static final Pattern FRAME = Pattern.compile(
            "(?s)\\s*-{3,}BEGIN NATS USER JWT-{3,}\\s+\\S+\\s+-{3,}END NATS USER JWT-{3,}.*-{3,}BEGIN USER NKEY SEED-{3,}\\s+\\S+\\s+-{3,}END USER NKEY SEED-{3,}.*");

    /**
     * @throws InvalidValueException when it is none; nothing of it is repeated
     */
    public NodeLogin {
        if (!FRAME.matcher(creds).matches()) {
            throw new InvalidValueException(
                    "that is no login: a creds file of NATS is wanted, as `harmony mesh login --node` writes it");
        }
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
