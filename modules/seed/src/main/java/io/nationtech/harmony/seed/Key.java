package io.nationtech.harmony.seed;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be said in a seed. */
enum Key {
    ADDRESS(Section.NETWORK, "address"),
    GATEWAY(Section.NETWORK, "gateway"),
    DNS(Section.NETWORK, "dns"),
    SSID(Section.WIFI, "ssid"),
    PASSPHRASE(Section.WIFI, "passphrase"),
    SERVERS(Section.MESH, "servers"),
    CA(Section.MESH, "ca"),
    LOGIN(Section.MESH, "login"),
    NAME(Section.NODE, "name"),
    SITE(Section.NODE, "site"),
    FAILURE_DOMAIN(Section.NODE, "failure-domain"),
    REGISTRIES(Section.NODE, "registries"),
    DISK(Section.INSTALL, "disk"),
    MODEL(Section.INSTALL, "model"),
    SERIAL(Section.INSTALL, "serial"),
    MIN_SIZE(Section.INSTALL, "min-size"),
    MAX_SIZE(Section.INSTALL, "max-size"),
    ERASE(Section.INSTALL, "erase"),
    ID(Section.INSTALLATION, "id"),
    ONTO(Section.INSTALLATION, "disk"),
    FINISHED(Section.INSTALLATION, "finished");

    /** The parts of a seed. */
    enum Section {
        NETWORK("Network"),
        WIFI("WiFi"),
        MESH("Mesh"),
        NODE("Node"),
        INSTALL("Install"),
        /** Written by the installer. */
        INSTALLATION("Installation");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        static Optional<Section> of(String title) {
            return Arrays.stream(values())
                    .filter(section -> section.title.equals(title))
                    .findAny();
        }

        static String all() {
            return Arrays.stream(values()).map(Section::toString).collect(Collectors.joining(", "));
        }

        Stream<Key> keys() {
            return Arrays.stream(Key.values()).filter(key -> key.section == this);
        }

        Optional<Key> key(String word) {
            return keys().filter(key -> key.word.equals(word)).findAny();
        }

        @Override
        public String toString() {
            return "[" + title + "]";
        }
    }

    private final Section section;
    private final String word;

    Key(Section section, String word) {
        this.section = section;
        this.word = word;
    }

    Section section() {
        return section;
    }

    String word() {
        return word;
    }

    @Override
    public String toString() {
        return section + " " + word;
    }
}
