package io.nationtech.harmony.importer;

import io.nationtech.harmony.project.JavaNames;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What another application keeps, by all that the source tells of it.
 *
 * @param owner the application
 * @param volume what it calls that
 */
record OthersVolume(String owner, String volume) {
    /** Umbrel's: the own folder of an application is {@code ${APP_DATA_DIR}}. */
    private static final Pattern VARIABLE = Pattern.compile("^APP_([A-Z0-9_]+)_DATA_DIR$");

    /** CasaOS' and Unraid's. */
    private static final Pattern FOLDER =
            Pattern.compile("^(?:/DATA/AppData|/mnt/user/appdata)/([A-Za-z0-9_-]+)(?:/(.*))?$");

    /** A volume as its owner's engine knows it: {@code downloads_library} is volume {@code library} of project {@code downloads}. */
    static OthersVolume named(String name) {
        String[] parts = name.split("_", 2);
        return parts.length > 1 ? new OthersVolume(parts[0], parts[1]) : new OthersVolume("owner", name);
    }

    /**
     * A folder that is where another application keeps its data.
     *
     * @param own what the importing one and its services are called
     */
    static Optional<OthersVolume> at(String path, Set<String> own) {
        for (String variable : Holes.variables(path)) {
            Matcher of = VARIABLE.matcher(variable);
            if (of.matches() && path.startsWith(Holes.hole(variable))) {
                return of(of.group(1), path.substring(Holes.hole(variable).length()), own);
            }
        }
        Matcher folder = FOLDER.matcher(path);
        return folder.matches()
                ? of(folder.group(1), Optional.ofNullable(folder.group(2)).orElse(""), own)
                : Optional.empty();
    }

    private static Optional<OthersVolume> of(String owner, String below, Set<String> own) {
        String plain = plain(owner);
        boolean isOwn = own.stream()
                .map(OthersVolume::plain)
                .anyMatch(name -> name.length() > 2 && (plain.contains(name) || name.contains(plain)));
        String last = Stream.of(below.split("/"))
                .filter(part -> !part.isEmpty() && !Holes.isIn(part))
                .reduce((_, later) -> later)
                .orElse("data");
        return isOwn ? Optional.empty() : Optional.of(new OthersVolume(owner.toLowerCase(Locale.ROOT), last));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** How it is borrowed, once its owner is a deployment: its module has both names by convention. */
    String borrowed(String target, boolean isReadOnly) {
        return "with(Borrows.%s(%s.%s, MountPath.of(\"%s\")))"
                .formatted(
                        isReadOnly ? "readOnly" : "writable",
                        JavaNames.type(Vault.label(owner), Set.of()),
                        Vault.label(volume).replace('-', '_').toUpperCase(Locale.ROOT),
                        target);
    }
}
