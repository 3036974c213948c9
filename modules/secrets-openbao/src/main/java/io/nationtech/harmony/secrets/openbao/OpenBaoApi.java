package io.nationtech.harmony.secrets.openbao;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** Requests to OpenBao and their answers as maps. What cannot be helped by the caller is thrown, in our own words. */
final class OpenBaoApi implements AutoCloseable {
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int REDIRECT = 307;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final OpenBaoSettings settings;
    private final OpenBaoToken token;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    /** What the server said. */
    sealed interface Answer {

        /** It has what was asked for, or did it. */
        record Done(Map<?, ?> data) implements Answer {}

        /** There is nothing at that place; a deleted version tells its metadata all the same. */
        record Nothing(Map<?, ?> data) implements Answer {}

        /** It does not accept the request. */
        record Refused(List<String> errors) implements Answer {}
    }

    OpenBaoApi(OpenBaoSettings settings, OpenBaoToken token) {
        this.settings = settings;
        this.token = token;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads);
        settings.authority().map(Authority::trusting).ifPresent(builder::sslContext);
        client = builder.build();
    }

    /** @param place what follows the mount, as in {@code data/harmony/prod/smtp-password} */
    Answer get(String place) {
        return ask("GET", place, BodyPublishers.noBody());
    }

    Answer list(String place) {
        return ask("GET", place + "?list=true", BodyPublishers.noBody());
    }

    Answer post(String place, Map<String, ?> body) {
        byte[] json = json(body);
        try {
            return ask("POST", place, BodyPublishers.ofByteArray(json));
        } finally {
            Arrays.fill(json, (byte) 0);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }

    private Answer ask(String method, String place, BodyPublisher body) {
        URI uri = settings.address().resolve("/v1/%s/%s".formatted(settings.mount(), place));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(settings.timeout())
                .header("X-Vault-Token", token.header())
                .header("X-Vault-Request", "true")
                .header("Content-Type", "application/json")
                .method(method, body);
        settings.namespace().ifPresent(name -> request.header("X-Vault-Namespace", name));
        try {
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream stream = response.body()) {
                return answer(response.statusCode(), stream.readNBytes(LARGEST_ANSWER + 1));
            }
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw unavailable("OpenBao cannot be reached", "start it, or correct the address");
        } catch (HttpTimeoutException e) {
            throw unavailable(
                    "OpenBao did not answer within %d ms"
                            .formatted(settings.timeout().toMillis()),
                    "look at its log; try again");
        } catch (SSLException e) {
            throw unavailable(
                    "the certificate of OpenBao is not trusted",
                    "give the certificate of the authority that signed it");
        } catch (IOException e) {
            throw unavailable("the connection to OpenBao broke", "try again; look at its log if it happens again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("the request was interrupted", "start again");
        }
    }

    private Answer answer(int status, byte[] bytes) {
        try {
            if (bytes.length > LARGEST_ANSWER) {
                throw unavailable("the answer has more than 1 MiB", "check the address: it may not be OpenBao");
            }
            Map<?, ?> body = map(status, bytes);
            List<String> errors = errors(body);
            Map<?, ?> data = body.get("data") instanceof Map<?, ?> found ? found : Map.of();
            return switch (status) {
                case OK, NO_CONTENT -> new Answer.Done(data);
                case NOT_FOUND -> nothing(errors, data);
                case BAD_REQUEST -> new Answer.Refused(errors);
                default -> throw failure(status, errors);
            };
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A place without a mount is told apart from one without a secret only by the words (OpenBao 2, Vault 1). */
    private Answer nothing(List<String> errors, Map<?, ?> data) {
        if (errors.stream().anyMatch(error -> error.startsWith("no handler for route"))) {
            throw unavailable(
                    "no secrets engine is mounted at '%s'".formatted(settings.mount()),
                    "correct the mount, or run: bao secrets enable -path=%s -version=2 kv".formatted(settings.mount()));
        }
        return new Answer.Nothing(data);
    }

    private SecretsUnavailableException failure(int status, List<String> errors) {
        return switch (status) {
            case FORBIDDEN ->
                unavailable(
                        "the token is not valid or may not do this",
                        "log in again, or let the policy allow read, create, update and list below %s/{data,metadata}/%s"
                                .formatted(settings.mount(), settings.folder()));
            case REDIRECT ->
                unavailable("this server is on standby and points to another", "give the address of the active one");
            case TOO_MANY -> unavailable("OpenBao is asked too often", "try again later");
            case UNAVAILABLE ->
                errors.stream().anyMatch(error -> error.contains("sealed"))
                        ? unavailable("OpenBao is sealed", "unseal it with: bao operator unseal")
                        : unavailable("OpenBao is not ready", "wait until it is; look at: bao status");
            default -> unavailable("OpenBao answered with status %d".formatted(status), "look at its log");
        };
    }

    /** What a parser says of a broken answer is dropped: it quotes the answer. */
    private Map<?, ?> map(int status, byte[] bytes) {
        if (bytes.length == 0) {
            return Map.of();
        }
        try {
            return JSON.std.mapFrom(bytes);
        } catch (JacksonException e) {
            throw unavailable(
                    "the answer with status %d is no JSON".formatted(status),
                    "check the address: it may not be OpenBao");
        }
    }

    private static byte[] json(Map<String, ?> body) {
        return JSON.std.asBytes(body);
    }

    private static List<String> errors(Map<?, ?> body) {
        return body.get("errors") instanceof List<?> errors
                ? errors.stream().map(String::valueOf).toList()
                : List.of();
    }

    private SecretsUnavailableException unavailable(String what, String next) {
        return new SecretsUnavailableException(
                new Cause(what, settings.address().toString(), next));
    }
}
