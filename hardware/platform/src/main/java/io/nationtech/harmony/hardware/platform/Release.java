package io.nationtech.harmony.hardware.platform;

import io.nationtech.harmony.domain.hardware.OperatingSystem;
import io.nationtech.harmony.domain.hardware.OsVersion;
import io.nationtech.harmony.domain.system.SystemIdentification;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operating system, by os-release(5) and the kernel's own word. */
final class Release {
    private static final List<String> FILES = List.of("etc/os-release", "usr/lib/os-release");
    private static final String KERNEL = "proc/sys/kernel/osrelease";
    private static final Pattern KERNEL_NUMBERS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6}){0,3}");
    private static final OsVersion UNKNOWN = OsVersion.of("0");

    private Release() {}

    static OperatingSystem system(Look look) {
        String file = FILES.stream().filter(look::exists).findFirst().orElse(FILES.getFirst());
        SystemIdentification said = new SystemIdentification(look.text(file).orElse(""));
        OsVersion kernel = kernel(look);
        // os-release(5): linux is what a system is that does not say.
        String id = said.id().orElse("linux");
        OsVersion version = said.versionId()
                .flatMap(number -> look.value(file, () -> OsVersion.of(number)))
                .orElse(UNKNOWN);
        return look.value(file, () -> new OperatingSystem(id, version, kernel))
                .orElseGet(() -> new OperatingSystem("linux", UNKNOWN, kernel));
    }

    private static OsVersion kernel(Look look) {
        return look.text(KERNEL)
                .map(KERNEL_NUMBERS::matcher)
                .filter(Matcher::lookingAt)
                .flatMap(found -> look.value(KERNEL, () -> OsVersion.of(found.group())))
                .orElse(UNKNOWN);
    }
}
