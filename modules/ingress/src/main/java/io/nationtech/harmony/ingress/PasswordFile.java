package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who may log in: lines {@code name:hash}, as htpasswd(1) writes them, in a secret. Empty lines and lines that begin with '#' say nothing.
 *
 * @param users 1 to 200, each with the hash of a password; the proxy tries each hash once when it takes them up
 */
public record PasswordFile(SortedMap<LoginName, PasswordHash> users) {
    private static final int MOST_USERS = 200;

    public PasswordFile {
        users = Collections.unmodifiableSortedMap(new TreeMap<>(users));
        if (users.isEmpty()) {
            throw new PasswordFileException("there is no user in it, and nobody could log in");
        }
        if (users.size() > MOST_USERS) {
            throw new PasswordFileException(
                    "there are %d users in it, more than %d; a service with so many has logins of its own"
                            .formatted(users.size(), MOST_USERS));
        }
    }

    /**
     * Reads one.
     *
     * @throws PasswordFileException when it is none, which says in which line
     */
    public static PasswordFile parse(byte[] text) {
        List<String> lines = decode(text).lines().toList();
        SortedMap<LoginName, PasswordHash> users = new TreeMap<>();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(users, line, at + 1);
            }
        }
        return new PasswordFile(users);
    }

    private static String decode(byte[] text) {
        try {
            return StandardCharsets.US_ASCII
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PasswordFileException("there is something else than ASCII in it");
        }
    }

    private static void add(SortedMap<LoginName, PasswordHash> users, String line, int number) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new PasswordFileException(
                    "line %d has no ':' between a user and the hash of a password".formatted(number));
        }
        LoginName user = user(line.substring(0, colon), number);
        if (users.putIfAbsent(user, hash(user, line.substring(colon + 1), number)) != null) {
            throw new PasswordFileException("line %d names user '%s' again".formatted(number, user));
        }
    }

    /** It is not repeated when it is none: whoever writes a line the wrong way round has a hash there. */
    private static LoginName user(String name, int number) {
        try {
            return LoginName.of(name);
        } catch (InvalidValueException e) {
            throw new PasswordFileException(
                    "line %d begins with no user: use 1 to 64 letters, digits, '.', '_', '-' and '@', first a letter or digit"
                            .formatted(number));
        }
    }

    private static PasswordHash hash(LoginName user, String text, int number) {
        try {
            return new PasswordHash(text);
        } catch (PasswordFileException e) {
            throw new PasswordFileException(
                    "the password of user '%s', line %d, %s".formatted(user, number, e.getMessage()));
        }
    }

    /** The same, with one user more or another password of one. */
    public PasswordFile with(LoginName user, PasswordHash password) {
        SortedMap<LoginName, PasswordHash> more = new TreeMap<>(users);
        more.put(user, password);
        return new PasswordFile(more);
    }

    /** The same without a user. */
    public PasswordFile without(LoginName user) {
        SortedMap<LoginName, PasswordHash> fewer = new TreeMap<>(users);
        fewer.remove(user);
        return new PasswordFile(fewer);
    }

    /** As it is kept, in ASCII. */
    public String text() {
        return users.entrySet().stream()
                .map(user -> "%s:%s\n".formatted(user.getKey(), user.getValue().text()))
                .collect(Collectors.joining());
    }
}
