package io.nationtech.harmony.registry;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.ImageLookup;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.registry.Wire.Question;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * Asks registries which image a tag names (OCI distribution specification 1.1, "Pulling manifests"; tokens as the distribution project gives them).
 * Where a tag names a list of images, one for each architecture, the list's digest is told. Nothing is fetched. A registry is asked by TLS, and
 * one on this machine without where it has none. Safe for use by several threads.
 */
public final class RegistryClient {
    static final String DOCKER = "docker.io";

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final AuthFiles logins;
    private final Trust trust;
    private final Duration deadline;

    /** An image, who asks for it, and the way to its registry. */
    private record Request(ImageReference image, URI manifest, Optional<Credentials> credentials, Wire wire) {}

    RegistryClient(AuthFiles logins, Trust trust, Duration deadline) {
        this.logins = logins;
        this.trust = trust;
        this.deadline = deadline;
    }

    /**
     * With the logins and certificates of a person, where podman has them.
     *
     * @param environment of the process, which may say where they are
     * @param home of the person
     */
    public static RegistryClient of(Map<String, String> environment, Path home) {
        Path config = folder(environment, "XDG_CONFIG_HOME").orElse(home.resolve(".config"));
        List<Path> files = folder(environment, "REGISTRY_AUTH_FILE")
                .map(List::of)
                .orElseGet(() -> Stream.concat(
                                untilLogout(environment, home).stream(),
                                Stream.of(
                                        config.resolve("containers/auth.json"),
                                        folder(environment, "DOCKER_CONFIG")
                                                .orElse(home.resolve(".docker"))
                                                .resolve("config.json")))
                        .toList());
        return new RegistryClient(
                new AuthFiles(files),
                new Trust(List.of(
                        config.resolve("containers/certs.d"),
                        Path.of("/etc/containers/certs.d"),
                        Path.of("/etc/docker/certs.d"))),
                DEADLINE);
    }

    /** Where podman keeps logins that end with the machine, or with the person's session. */
    private static Optional<Path> untilLogout(Map<String, String> environment, Path home) {
        Optional<Path> session = folder(environment, "XDG_RUNTIME_DIR");
        if (session.isPresent()) {
            return session.map(run -> run.resolve("containers/auth.json"));
        }
        try {
            return Optional.of(Path.of("/run/containers/%s/auth.json".formatted(Files.getAttribute(home, "unix:uid"))));
        } catch (IOException | UnsupportedOperationException e) {
            // A person without a home has no logins either.
            return Optional.empty();
        }
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    /**
     * Which image the tag of a reference names now.
     *
     * @param own who asks; else the person's login, if there is one
     * @throws IllegalArgumentException when the reference has no tag
     */
    public ImageLookup lookUp(ImageReference image, Optional<Credentials> own) {
        String tag = image.tag().orElseThrow(() -> new IllegalArgumentException(image + " has no tag"));
        String registry = image.registry().value();
        try {
            Optional<Credentials> credentials = own.isPresent() ? own : logins.of(image);
            try (Wire wire = new Wire(trust.of(registry), deadline)) {
                String path = "%s/v2/%s/manifests/%s".formatted(host(registry), image.repository(), tag);
                try {
                    return ask(new Request(image, URI.create("https://" + path), credentials, wire));
                } catch (SSLException e) {
                    if (isUntrusted(e) || !Wire.isHere(registry.replaceFirst(":.*", ""))) {
                        throw e;
                    }
                    return ask(new Request(image, URI.create("http://" + path), credentials, wire));
                }
            }
        } catch (IOException e) {
            return unanswered(image, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unanswered(image, "it was interrupted", "ask again");
        }
    }

    /** Docker's own registry answers elsewhere than its name says. */
    private static String host(String registry) {
        return registry.equals(DOCKER) ? "registry-1.docker.io" : registry;
    }

    private ImageLookup ask(Request request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = request.wire().ask(request.manifest(), question("HEAD", Optional.empty()));
        Optional<String> authorization = Optional.empty();
        if (answer.statusCode() == UNAUTHORIZED && Wire.isSameOrigin(request.manifest(), answer.uri())) {
            Optional<Challenge> challenge = Challenge.of(
                    answer.headers().allValues("WWW-Authenticate"),
                    request.image().repository());
            authorization = challenge.isPresent() ? authorization(request, challenge.get()) : Optional.empty();
            if (authorization.isEmpty()) {
                return notLetIn(request);
            }
            answer = request.wire().ask(request.manifest(), question("HEAD", authorization));
        }
        if (answer.statusCode() != OK) {
            return refused(request, answer);
        }
        Optional<String> told = answer.headers().firstValue("Docker-Content-Digest");
        return found(request.image(), told.isPresent() ? told.get() : computed(request, authorization));
    }

    private static Question question(String method, Optional<String> authorization) {
        return new Question(method, MANIFESTS, authorization);
    }

    /** A registry need not say it (OCI distribution specification, "Pulling manifests"). */
    private static String computed(Request request, Optional<String> authorization)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> whole = request.wire().ask(request.manifest(), question("GET", authorization));
        if (whole.statusCode() != OK) {
            throw new IOException("it answers with status %d".formatted(whole.statusCode()));
        }
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(whole.body()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static ImageLookup found(ImageReference image, String digest) {
        try {
            return new ImageLookup.Found(ImageDigest.of(digest));
        } catch (InvalidValueException e) {
            return unanswered(image, String.valueOf(e.getMessage()), "name the image by a digest of SHA-256 by hand");
        }
    }

    /** Empty when nobody gives us what the registry wants. */
    private static Optional<String> authorization(Request request, Challenge challenge)
            throws IOException, InterruptedException {
        Optional<String> basic = request.credentials().map(Credentials::header);
        return switch (challenge) {
            case Challenge.Basic() -> basic;
            case Challenge.Bearer(URI giver) -> {
                Wire.requirePrivate(giver);
                HttpResponse<byte[]> answer = request.wire().ask(giver, new Question("GET", "application/json", basic));
                yield answer.statusCode() == OK ? token(answer.body()).map("Bearer "::concat) : Optional.empty();
            }
        };
    }

    private static Optional<String> token(byte[] json) throws IOException {
        try {
            Map<String, Object> answer = JSON.std.mapFrom(json);
            return Stream.of("token", "access_token")
                    .map(answer::get)
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .filter(token -> token.matches("[!-~]+"))
                    .findFirst();
        } catch (JacksonException e) {
            throw new IOException("who gives its tokens answers with what is no JSON");
        }
    }

    private static ImageLookup refused(Request request, HttpResponse<byte[]> answer) {
        ImageReference image = request.image();
        return switch (answer.statusCode()) {
            case UNAUTHORIZED, FORBIDDEN -> notLetIn(request);
            case NOT_FOUND ->
                unanswered(
                        image,
                        "it has no such image",
                        "correct the reference; its page at the registry lists the tags");
            case TOO_MANY ->
                unanswered(image, "it was asked too often", "wait, or `podman login %s`".formatted(image.registry()));
            default -> unanswered(image, "it answers with status %d".formatted(answer.statusCode()), "try again later");
        };
    }

    private static ImageLookup notLetIn(Request request) {
        String registry = request.image().registry().value();
        return request.credentials().isPresent()
                ? unanswered(
                        request.image(),
                        "it does not take the login, or has no such image for it",
                        "log in anew: `podman login %s`; correct the secret, where the deployment has one for it"
                                .formatted(registry))
                : unanswered(
                        request.image(),
                        "it wants a login, or has no such image",
                        "check the reference; log in: `podman login %s`".formatted(registry));
    }

    private static ImageLookup unanswered(ImageReference image, IOException e) {
        return switch (e) {
            case HttpTimeoutException _ -> unanswered(image, "it does not answer in time", "try again later");
            case ConnectException unreached ->
                unanswered(
                        image,
                        Stream.iterate((Throwable) unreached, Objects::nonNull, Throwable::getCause)
                                        .anyMatch(UnresolvedAddressException.class::isInstance)
                                ? "its name is not known"
                                : "it cannot be reached",
                        "check the reference and the network");
            case SSLException untrusted
            when isUntrusted(untrusted) ->
                unanswered(
                        image,
                        "its certificate is not trusted",
                        "put its authority, as ca.crt, into /etc/containers/certs.d/%s/".formatted(image.registry()));
            case SSLException _ ->
                unanswered(
                        image,
                        "it has no TLS, and is not on this machine",
                        "give it a certificate; or write the digest by hand, which `podman image inspect --format '{{.Digest}}' %s` shows once it is pulled"
                                .formatted(image));
            default -> unanswered(image, String.valueOf(e.getMessage()), "try again");
        };
    }

    private static boolean isUntrusted(SSLException e) {
        return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .anyMatch(CertificateException.class::isInstance);
    }

    private static ImageLookup unanswered(ImageReference image, String what, String next) {
        return new ImageLookup.Unanswered(new Cause(
                "the registry does not tell which image '%s' is: %s".formatted(image, what),
                "registry " + image.registry(),
                next));
    }
}
