package io.nationtech.harmony.importer;

import java.util.regex.Pattern;

/** Files of secrets: compose's names may have what Harmony's have not, and texts that name such a file follow. */
final class SecretFiles {
    private static final Pattern FILE = Pattern.compile("(/run/secrets/)([A-Za-z0-9._-]+)");

    private SecretFiles() {}

    static String renamed(String text) {
        return FILE.matcher(text).replaceAll(file -> file.group(1) + Vault.label(file.group(2)));
    }
}
