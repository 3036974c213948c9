package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.os.update.OsRelease.Architecture;
import io.nationtech.harmony.os.update.OsRelease.Delta;
import io.nationtech.harmony.os.update.OsRelease.Part;
import io.nationtech.harmony.os.update.OsRelease.ReleaseFile;
import io.nationtech.harmony.os.update.OsRelease.Sort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import tools.jackson.jr.ob.JSON;

/** A small release, in a folder, signed. */
final class TrialRelease {
    static final SystemVersion OLD = SystemVersion.of("202601010000");
    static final SystemVersion NEW = SystemVersion.of("202602020000");
    static final Architecture HERE = Architecture.X86_64;
    private static final int USR = 600_000;

    final Path folder;
    final KeyPair key = newKey();

    TrialRelease(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        write(NEW, HERE);
    }

    static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What a version's part holds: most of it is the same in each version, as it would be. */
    static byte[] content(SystemVersion version, Sort sort) {
        int size = switch (sort) {
            case USR -> USR;
            case USR_VERITY -> 40_000;
            case USR_VERITY_SIG -> 4_096;
            case UKI -> 100_000;
        };
        byte[] bytes = new byte[size];
        new Random(sort.ordinal()).nextBytes(bytes);
        byte[] own = new byte[2_000];
        new Random(version.hashCode()).nextBytes(own);
        System.arraycopy(own, 0, bytes, size / 2, own.length);
        return bytes;
    }

    /** Writes it and signs it. */
    OsRelease write(SystemVersion version, Architecture architecture) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Sort sort : Sort.values()) {
            byte[] content = content(version, sort);
            Path plain = Files.write(folder.resolve("plain"), content);
            String name =
                    "harmony_%s_%s.%s.zst".formatted(version, architecture, sort == Sort.UKI ? "efi" : sort + ".raw");
            Programs.run(
                    "zstd",
                    "-q",
                    "-f",
                    plain.toString(),
                    "-o",
                    folder.resolve(name).toString());
            parts.add(new Part(
                    sort,
                    content.length,
                    Digest.of(plain),
                    sort == Sort.UKI ? Optional.empty() : Optional.of(uuid(version, sort)),
                    file(name)));
            Files.delete(plain);
        }
        OsRelease release = new OsRelease(version, architecture, parts, List.of());
        write(release);
        return release;
    }

    static String uuid(SystemVersion version, Sort sort) {
        return UUID.nameUUIDFromBytes((version + "/" + sort).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    ReleaseFile file(String name) throws IOException {
        Path file = folder.resolve(name);
        return new ReleaseFile(name, Files.size(file), Digest.of(file));
    }

    /** Adds deltas from the old one. */
    OsRelease withDeltas() throws IOException {
        OsRelease release = new OsRelease(NEW, HERE, read().parts(), List.of(delta(Sort.USR), delta(Sort.UKI)));
        write(release);
        return release;
    }

    private Delta delta(Sort part) throws IOException {
        Path from = Files.write(folder.resolve("from"), content(OLD, part));
        Path to = Files.write(folder.resolve("to"), content(NEW, part));
        String name = "harmony_%s_%s.%s.from-%s.zst".formatted(NEW, HERE, part == Sort.UKI ? "efi" : part, OLD);
        Programs.run(
                "zstd",
                "-q",
                "-f",
                "--long=31",
                "--patch-from=" + from,
                to.toString(),
                "-o",
                folder.resolve(name).toString());
        Delta delta = new Delta(part, OLD, Files.size(from), Digest.of(from), file(name));
        Files.delete(from);
        Files.delete(to);
        return delta;
    }

    OsRelease read() throws IOException {
        try {
            return OsRelease.parse(Files.readAllBytes(manifest()), "here");
        } catch (UpgradeException e) {
            throw new AssertionError(e);
        }
    }

    Path manifest() {
        return folder.resolve(OsRelease.fileName(NEW, HERE));
    }

    void write(OsRelease release) throws IOException {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("format", OsRelease.FORMAT);
        form.putAll(RecordForm.of(OsRelease.class).write(release));
        sign(release, JSON.std.asBytes(form), key);
    }

    void sign(OsRelease release, byte[] manifest, KeyPair by) throws IOException {
        Path file = folder.resolve(OsRelease.fileName(release.version(), release.architecture()));
        Files.write(file, manifest);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(by.getPrivate());
            signature.update(manifest);
            Files.writeString(Path.of(file + ".sig"), Base64.getEncoder().encodeToString(signature.sign()) + "\n");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts the public key where a node looks for it. */
    void trustIn(Path keys) throws IOException {
        Files.createDirectories(keys);
        Files.writeString(
                keys.resolve("trial.pem"),
                "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                        .formatted(Base64.getEncoder()
                                .encodeToString(key.getPublic().getEncoded())));
    }
}
