package io.nationtech.harmony.secrets.openbao;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import io.nationtech.harmony.secrets.Stored;
import io.nationtech.harmony.secrets.openbao.OpenBaoApi.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Secrets in the KV engine, version 2, of OpenBao or Vault: each at {@code <mount>/<folder>/<name>}, a text under {@code value},
 * so that {@code bao kv get} shows it, and what is no text in Base64 under {@code base64}. Writes are check-and-set. On its
 * way a value passes through the JDK's HTTP client and the JSON parser, whose copies nobody can zero.
 */
public final class OpenBaoSecrets implements Secrets {
    private static final String TEXT = "value";
    private static final String BINARY = "base64";
    private static final String CONFLICT = "check-and-set parameter did not match the current version";

    private final OpenBaoSettings settings;
    private final OpenBaoApi api;

    /** A client; nothing is asked yet. */
    public OpenBaoSecrets(OpenBaoSettings settings, OpenBaoToken token) {
        this.settings = settings;
        this.api = new OpenBaoApi(settings, token);
    }

    @Override
    public String place() {
        return "%s/%s/%s".formatted(settings.address(), settings.mount(), settings.folder());
    }

    @Override
    public SecretLookup get(SecretRef ref) {
        return switch (api.get("data/" + path(ref))) {
            case Answer.Done(Map<?, ?> data) -> held(ref, data);
            case Answer.Nothing nothing -> new SecretLookup.Absent();
            case Answer.Refused(List<String> errors) -> throw refused(errors);
        };
    }

    /** In place of a secret that was deleted, version 0 is expected too: nobody can read what was there. */
    @Override
    public Stored put(SecretRef ref, Secret value, long expectedVersion) {
        long version = expectedVersion == 0 ? deletedVersion(ref) : expectedVersion;
        Map<String, ?> body = Map.of("options", Map.of("cas", version), "data", value.read(OpenBaoSecrets::form));
        return switch (api.post("data/" + path(ref), body)) {
            case Answer.Done(Map<?, ?> data) -> new Stored.At(version(data));
            case Answer.Nothing nothing -> throw notVersioned();
            case Answer.Refused(List<String> errors) when errors.contains(CONFLICT) -> new Stored.Conflict();
            case Answer.Refused(List<String> errors) -> throw refused(errors);
        };
    }

    @Override
    public List<SecretRef> list() {
        return switch (api.list("metadata/" + settings.folder())) {
            case Answer.Done(Map<?, ?> data) -> names(data);
            case Answer.Nothing nothing -> List.of();
            case Answer.Refused(List<String> errors) -> throw refused(errors);
        };
    }

    @Override
    public void close() {
        api.close();
    }

    @Override
    public String toString() {
        return place();
    }

    private String path(SecretRef ref) {
        return settings.folder() + "/" + ref.name();
    }

    /** The newest version where it is deleted; the server's check-and-set counts it, as it keeps the metadata. */
    private long deletedVersion(SecretRef ref) {
        return api.get("data/" + path(ref)) instanceof Answer.Nothing(Map<?, ?> data)
                        && data.get("metadata") instanceof Map<?, ?> metadata
                ? version(metadata)
                : 0;
    }

    private SecretLookup held(SecretRef ref, Map<?, ?> data) {
        if (!(data.get("metadata") instanceof Map<?, ?> metadata)) {
            throw notVersioned();
        }
        return data.get("data") instanceof Map<?, ?> form
                ? new SecretLookup.Held(secret(ref, form), version(metadata))
                : new SecretLookup.Absent();
    }

    private Secret secret(SecretRef ref, Map<?, ?> form) {
        try {
            if (form.get(TEXT) instanceof String text) {
                return Secret.takeFrom(text.toCharArray());
            }
            if (form.get(BINARY) instanceof String encoded) {
                return Secret.takeFrom(Base64.getDecoder().decode(encoded));
            }
        } catch (IllegalArgumentException e) {
            throw malformed(ref);
        }
        throw malformed(ref);
    }

    private static Map<String, String> form(byte[] value) {
        try {
            return Map.of(
                    TEXT,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(value))
                            .toString());
        } catch (CharacterCodingException e) {
            return Map.of(BINARY, Base64.getEncoder().encodeToString(value));
        }
    }

    private long version(Map<?, ?> data) {
        if (data.get("version") instanceof Number version) {
            return version.longValue();
        }
        throw notVersioned();
    }

    /** Folders, and names that somebody else gave by other rules, are not ours. */
    private static List<SecretRef> names(Map<?, ?> data) {
        return data.get("keys") instanceof List<?> keys
                ? keys.stream()
                        .flatMap(key -> name(String.valueOf(key)))
                        .sorted(Comparator.comparing(SecretRef::name))
                        .toList()
                : List.of();
    }

    private static Stream<SecretRef> name(String key) {
        try {
            return Stream.of(SecretRef.parse(key));
        } catch (InvalidValueException e) {
            return Stream.empty();
        }
    }

    private SecretsUnavailableException malformed(SecretRef ref) {
        return new SecretsUnavailableException(new Cause(
                "the secret '%s' has neither a text under 'value' nor Base64 under 'base64', of 1 to %d bytes"
                        .formatted(ref.name(), Secret.LARGEST),
                place(),
                "set it with: harmony secret set " + ref.name()));
    }

    private SecretsUnavailableException notVersioned() {
        return new SecretsUnavailableException(new Cause(
                "the secrets engine at '%s' is not of kind KV, version 2".formatted(settings.mount()),
                settings.address().toString(),
                "run: bao kv enable-versioning %s, or name another mount".formatted(settings.mount())));
    }

    /** Not the server's words: they may repeat what was sent. */
    private SecretsUnavailableException refused(List<String> errors) {
        return new SecretsUnavailableException(new Cause(
                "OpenBao did not accept the request (%d errors)".formatted(errors.size()),
                place(),
                "look at its audit log; is the engine at '%s' of kind KV, version 2?".formatted(settings.mount())));
    }
}
