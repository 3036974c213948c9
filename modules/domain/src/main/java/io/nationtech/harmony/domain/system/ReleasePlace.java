package io.nationtech.harmony.domain.system;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Where the files of a release lie. That they are genuine, their signature says, and not their place. */
public sealed interface ReleasePlace {
    /** The longest that either is, in characters. */
    int LONGEST = 1_000;

    /** A web server's folder: {@code http} or {@code https}, without a login, which would be kept where others read it. */
    record Web(String url) implements ReleasePlace {
        public Web {
            requireShort(url);
            try {
                URI uri = new URI(url);
                boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (!isWeb
                        || uri.getHost() == null
                        || uri.getRawUserInfo() != null
                        || uri.getRawQuery() != null
                        || uri.getRawFragment() != null) {
                    throw refused(url);
                }
            } catch (URISyntaxException e) {
                throw refused(url);
            }
        }

        private static InvalidValueException refused(String url) {
            return new InvalidValueException(
                    "'%s' is not where a release lies; write http:// or https://, a host and a folder, without a login, '?' and '#'"
                            .formatted(url.replaceFirst("//.*@", "//…@")));
        }

        @Override
        public String toString() {
            return url;
        }
    }

    /** A folder of the node itself, as of a stick: an absolute path. */
    record Folder(String path) implements ReleasePlace {
        private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

        public Folder {
            requireShort(path);
            if (!path.startsWith("/") || CONTROL.matcher(path).find()) {
                throw new InvalidValueException(
                        "'%s' is not a folder of a node; write an absolute path, as in /media/stick"
                                .formatted(CONTROL.matcher(path).replaceAll("?")));
            }
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * What people write: a path is a folder, anything else an address.
     *
     * @throws InvalidValueException when it is neither
     */
    static ReleasePlace parse(String text) {
        return text.startsWith("/") ? new Folder(text) : new Web(text);
    }

    private static void requireShort(String text) {
        if (text.length() > LONGEST) {
            throw new InvalidValueException(
                    "the place of a release has %d characters, more than %d".formatted(text.length(), LONGEST));
        }
    }
}
