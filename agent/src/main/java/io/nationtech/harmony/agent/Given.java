package io.nationtech.harmony.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What this process was given: environment, credentials, and how its machine looks. Bounded reads; nothing is checked here. */
record Given(Map<String, String> environment, Path root) {
    private static final int MOST_BYTES = 4096;
    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

    Given {
        environment = Map.copyOf(environment);
    }

    /**
     * The credential's content or else the variable's, without blanks around it; empty content counts as none.
     *
     * @throws IOException when there is such a credential, but it cannot be read
     */
    Optional<String> value(Setting setting) throws IOException {
        Optional<Path> file = setting.credential().flatMap(this::credentialFile);
        Optional<String> credential = file.isPresent() ? Optional.of(head(file.get())) : Optional.empty();
        return credential.map(String::strip).filter(text -> !text.isEmpty()).or(() -> variable(setting.variable()));
    }

    /** The file of a credential that there is. */
    Optional<Path> credentialFile(String name) {
        return variable(CREDENTIALS).map(folder -> Path.of(folder, name)).filter(Files::exists);
    }

    /** A variable that has content. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A file of the machine, as much of it as can matter; empty when it cannot be read. */
    String file(String path) {
        try {
            return head(root.resolve(path));
        } catch (IOException e) {
            return "";
        }
    }

    /** What lies in a folder of the machine; nothing when it cannot be read. */
    List<String> names(String folder) {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    private static String head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
