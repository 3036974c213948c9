package io.nationtech.harmony.registry;

import io.nationtech.harmony.domain.value.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * What {@code podman login} and {@code docker login} left of a person's logins (containers-auth.json(5)). Programs that keep them elsewhere are not
 * asked.
 *
 * @param files in the order in which podman asks them; not all need be there
 */
record AuthFiles(List<Path> files) {
    private static final int LARGEST = 1 << 20;

    /**
     * The login for an image: of the narrowest name that has one, in the first file that has one.
     *
     * @throws IOException when a file that is there is none; it does not say what stands in it
     */
    Optional<Credentials> of(ImageReference image) throws IOException {
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                Optional<Credentials> found = find(file, names(image));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** As {@code registry.example.org/team/app}, {@code registry.example.org/team}, {@code registry.example.org}. */
    private static List<String> names(ImageReference image) {
        List<String> names = new ArrayList<>();
        String name = image.registry() + "/" + image.repository();
        for (int end = name.length(); end > 0; end = name.lastIndexOf('/', end - 1)) {
            names.add(name.substring(0, end));
        }
        if (image.registry().value().equals(RegistryClient.DOCKER)) {
            names.addAll(List.of("https://index.docker.io/v1/", "index.docker.io"));
        }
        return names;
    }

    private static Optional<Credentials> find(Path file, List<String> names) throws IOException {
        Map<?, ?> all = read(file).get("auths") instanceof Map<?, ?> auths ? auths : Map.of();
        return names.stream()
                .flatMap(name -> Stream.of(name, "https://" + name))
                .flatMap(name -> all.get(name) instanceof Map<?, ?> entry ? Stream.of(entry) : Stream.empty())
                .flatMap(entry -> entry.get("auth") instanceof String auth ? decoded(auth).stream() : Stream.empty())
                .findFirst();
    }

    private static Optional<Credentials> decoded(String auth) {
        try {
            return Credentials.parse(Base64.getDecoder().decode(auth));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a parser says of a broken file is dropped: it quotes the file. */
    private static Map<String, Object> read(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return JSON.std.mapFrom(stream.readNBytes(LARGEST));
        } catch (JacksonException e) {
            throw new IOException(file + " is no JSON");
        } catch (IOException e) {
            throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
