package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.SecretRef;

/**
 * How a database tells what it holds, and takes it in again, while it runs. Both programs run in its container.
 *
 * @param save writes all of it to its standard output, and ends with another exit code than 0 when it cannot
 * @param load puts what {@code save} wrote, from its standard input, in the place of what is there
 */
public record Dump(Arguments save, Arguments load) {

    /** By programs of one's own. */
    public static Dump of(Arguments save, Arguments load) {
        return new Dump(save, load);
    }

    /**
     * One database of PostgreSQL, as a user who may do so without a password from within the container. It is loaded as a whole or not at all.
     */
    public static Dump postgres(DatabaseName user, DatabaseName database) {
        return new Dump(
                Arguments.of(
                        "pg_dump", "--username=" + user, "--format=custom", "--compress=0", "--dbname=" + database),
                Arguments.of(
                        "pg_restore",
                        "--username=" + user,
                        "--dbname=" + database,
                        "--clean",
                        "--if-exists",
                        "--exit-on-error",
                        "--single-transaction"));
    }

    /** One database of MariaDB, as root with a password that its container has in {@code /run/secrets/<name>}. */
    public static Dump mariadb(DatabaseName database, SecretRef rootPassword) {
        String login = "MYSQL_PWD=\"$(cat /run/secrets/%s)\" exec ".formatted(rootPassword.name());
        return new Dump(
                Arguments.of(
                        "sh",
                        "-c",
                        login
                                + "mariadb-dump --user=root --single-transaction --routines --events --triggers --databases "
                                + database),
                Arguments.of("sh", "-c", login + "mariadb --user=root"));
    }
}
