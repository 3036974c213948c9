package io.nationtech.harmony.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A systemd credential that the machine's firmware hands to the guest (systemd.system-credentials(7)).
 *
 * @param name letters, digits, '.', '-', '_' and '@', at most 255
 * @param value any text
 */
public record Credential(String name, String value) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,255}");

    public Credential {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'%s' is not the name of a credential".formatted(name));
        }
    }

    /** As QEMU's {@code -smbios} wants it: by a file, as a login is nothing for the arguments of a program. */
    String smbios(Path folder) throws IOException {
        Path file = folder.resolve(name + ".credential");
        Files.writeString(
                file,
                "io.systemd.credential.binary:%s=%s"
                        .formatted(name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return "type=11,path=" + file;
    }
}
