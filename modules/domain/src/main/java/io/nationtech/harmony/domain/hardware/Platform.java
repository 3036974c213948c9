package io.nationtech.harmony.domain.hardware;

/** What stands below the work: machine, firmware, operating system. */
public record Platform(
        ModelName model,
        Machine machine,
        Virtualisation virtualisation,
        SecureBoot secureBoot,
        OperatingSystem system) {}
