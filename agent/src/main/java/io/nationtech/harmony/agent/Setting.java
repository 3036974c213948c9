package io.nationtech.harmony.agent;

import java.util.Optional;

/** What can be set, by the names that people use for it. */
enum Setting {
    MESH("mesh"),
    MESH_LOGIN("mesh-login"),
    MESH_CA("mesh-ca"),
    NODE("node"),
    SITE("site"),
    FAILURE_DOMAIN("failure-domain"),
    ADDRESS("address"),
    PUBLISH("publish"),
    UPLINK("uplink"),
    RUNTIME("runtime"),
    SHARES("shares"),
    OPERATE("operate"),
    ENVIRONMENT("environment"),
    SECRETS("secrets"),
    KEY("key"),
    OPENBAO("openbao"),
    STATE("state");

    private final String name;

    Setting(String name) {
        this.name = name;
    }

    /** The systemd credential; none for the folder of the state, which the unit itself names, and for what names a file. */
    Optional<String> credential() {
        return switch (this) {
            case STATE, SECRETS, KEY, MESH_LOGIN, MESH_CA -> Optional.empty();
            default -> Optional.of("harmony." + name);
        };
    }

    /** As drivers ask for it. */
    String key() {
        return name;
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
