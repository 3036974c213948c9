package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people on site call a container, in systemctl, journalctl and podman alike: {@code harmony-<deployment>.<container>}. */
record UnitName(DeploymentName deployment, ContainerName container) {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern FILE = Pattern.compile("harmony-(%1$s)\\.(%1$s)\\.container".formatted(LABEL));

    /** The name that a file's name stands for; empty for a file that is not ours. */
    static Optional<UnitName> ofFile(String fileName) {
        Matcher ours = FILE.matcher(fileName);
        return ours.matches()
                ? Optional.of(new UnitName(DeploymentName.of(ours.group(1)), ContainerName.of(ours.group(2))))
                : Optional.empty();
    }

    String file() {
        return this + ".container";
    }

    String service() {
        return this + ".service";
    }

    @Override
    public String toString() {
        return "harmony-%s.%s".formatted(deployment, container);
    }
}
