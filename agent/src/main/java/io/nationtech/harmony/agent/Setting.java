package io.nationtech.harmony.agent;

import java.util.Optional;

/** What can be set, by the names that people use for it. */
enum Setting {
    MESH("mesh"),
    NODE("node"),
    SITE("site"),
    FAILURE_DOMAIN("failure-domain"),
    ADDRESS("address"),
    PUBLISH("publish"),
    UPLINK("uplink"),
    RUNTIME("runtime"),
    OPERATE("operate"),
    STATE("state");

    private final String name;

    Setting(String name) {
        this.name = name;
    }

    /** The systemd credential; none for the folder of the state, which the unit itself names. */
    Optional<String> credential() {
        return this == STATE ? Optional.empty() : Optional.of("harmony." + name);
    }

    String variable() {
        return "HARMONY_" + name();
    }

    /** As the agent's messages call it. */
    @Override
    public String toString() {
        return credential()
                .map(credential -> "credential %s, or variable %s".formatted(credential, variable()))
                .orElse("variable " + variable());
    }
}
