package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.secrets.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What somebody connects to a mesh with: the word that lets them in, and the private key that it is about. As a text it is what NATS' tools call a
 * creds file, and take. To be closed, which closes the key.
 */
public record Login(Token token, KeyPair key) implements AutoCloseable {
    private static final int LARGEST = 1 << 16;
    private static final byte DASH = '-';
    private static final int DASHES = 3;

    /**
     * @throws InvalidValueException when the word is about another key
     */
    public Login {
        if (!token.about().equals(key.publicKey())) {
            throw new InvalidValueException("the login is about key %s, and the private key beside it is that of %s"
                    .formatted(token.about(), key.publicKey()));
        }
    }

    /**
     * Reads a creds file's bytes, and leaves zeros there.
     *
     * @throws InvalidValueException when it is none; nothing secret is repeated
     */
    public static Login read(byte[] text) {
        List<byte[]> framed = new ArrayList<>();
        try {
            if (text.length > LARGEST) {
                throw invalid();
            }
            framed.addAll(framed(text));
            if (framed.size() != 2) {
                throw invalid();
            }
            Token token = Token.parse(new String(framed.getFirst(), StandardCharsets.US_ASCII));
            try (Secret seed = Secret.takeFrom(framed.getLast())) {
                return new Login(token, KeyPair.ofSeed(seed));
            }
        } finally {
            framed.forEach(line -> Arrays.fill(line, (byte) 0));
            Arrays.fill(text, (byte) 0);
        }
    }

    /**
     * Reads a creds file.
     *
     * @throws InvalidValueException when it is none or cannot be read, with its name; nothing secret is repeated
     */
    public static Login readFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in.readNBytes(LARGEST + 1));
        } catch (InvalidValueException e) {
            throw new InvalidValueException("%s: %s".formatted(file, e.getMessage()));
        } catch (NoSuchFileException e) {
            throw new InvalidValueException("there is no file %s".formatted(file));
        } catch (IOException e) {
            throw new InvalidValueException("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    /** Each line between two that begin with dashes. */
    private static List<byte[]> framed(byte[] text) {
        List<byte[]> framed = new ArrayList<>();
        int begin = 0;
        boolean isOpen = false;
        int from = -1;
        int to = -1;
        for (int at = 0; at <= text.length; at++) {
            if (at < text.length && text[at] != '\n') {
                continue;
            }
            int end = at > begin && text[at - 1] == '\r' ? at - 1 : at;
            if (isFrame(text, begin, end)) {
                if (isOpen && from >= 0) {
                    framed.add(Arrays.copyOfRange(text, from, to));
                }
                isOpen = !isOpen;
                from = -1;
            } else if (isOpen && from < 0 && end > begin) {
                from = begin;
                to = end;
            }
            begin = at + 1;
        }
        return framed;
    }

    private static boolean isFrame(byte[] text, int begin, int end) {
        if (end - begin < DASHES) {
            return false;
        }
        for (int at = begin; at < begin + DASHES; at++) {
            if (text[at] != DASH) {
                return false;
            }
        }
        return true;
    }

    private static InvalidValueException invalid() {
        return new InvalidValueException(
                "that is no login of NATS: a file with a NATS USER JWT and a USER NKEY SEED, each between two lines of dashes");
    }

    /** The same as a text, for whoever keeps it; to be closed. */
    public Secret text() {
        return key.seed().read(seed -> {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            text.writeBytes(
                    "-----BEGIN NATS USER JWT-----\n%s\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n"
                            .formatted(token)
                            .getBytes(StandardCharsets.US_ASCII));
            text.writeBytes(seed);
            text.writeBytes("\n------END USER NKEY SEED------\n".getBytes(StandardCharsets.US_ASCII));
            return Secret.takeFrom(text.toByteArray());
        });
    }

    /** Whether it is over at that moment. */
    public boolean isOver(Instant now) {
        return token.until().filter(end -> !now.isBefore(end)).isPresent();
    }

    @Override
    public void close() {
        key.close();
    }

    /** Whose it is; the private key is never shown. */
    @Override
    public String toString() {
        return "login of " + token.name();
    }
}
