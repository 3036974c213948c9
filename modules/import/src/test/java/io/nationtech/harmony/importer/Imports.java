package io.nationtech.harmony.importer;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Imports for tests. */
final class Imports {
    private Imports() {}

    static ImportResult result(List<Path> sources, String... profiles) {
        return new Importer(new ImportOptions(Optional.empty(), Optional.of(Path.of("there")), Set.of(profiles), "1"))
                .read(sources);
    }

    /** A compose file alone in a folder. */
    static ImportResult result(Path folder, String compose, String... profiles) throws IOException {
        Path shop = Files.createDirectories(folder.resolve("shop"));
        return result(List.of(Files.writeString(shop.resolve("compose.yaml"), compose)), profiles);
    }

    static ImportedModule imported(Path folder, String compose, String... profiles) throws IOException {
        return imported(result(folder, compose, profiles));
    }

    static ImportedModule imported(ImportResult result) {
        return switch (result) {
            case ImportResult.Imported(ImportedModule module) -> module;
            case ImportResult.Refused(List<Refusal> refusals) -> fail("refused: " + refusals);
        };
    }

    /** Why it is refused, a line each. */
    static String refused(Path folder, String compose) throws IOException {
        return refused(result(folder, compose));
    }

    static String refused(ImportResult result) {
        return switch (result) {
            case ImportResult.Imported(ImportedModule module) -> fail("imported: " + java(module));
            case ImportResult.Refused(List<Refusal> refusals) ->
                refusals.stream().map(Refusal::toString).collect(Collectors.joining("\n"));
        };
    }

    /** The class that was written. */
    static String java(ImportedModule module) {
        return module.files().entrySet().stream()
                .filter(file ->
                        file.getKey().endsWith(".java") && !file.getKey().endsWith("module-info.java"))
                .map(file -> file.getValue())
                .findFirst()
                .orElseThrow();
    }

    /** All that anybody sees. */
    static String everything(ImportResult result) {
        return switch (result) {
            case ImportResult.Imported(ImportedModule module) -> module.files() + "\n" + told(module);
            case ImportResult.Refused(List<Refusal> refusals) -> refusals.toString();
        };
    }

    static String told(ImportedModule module) {
        StringBuilder text = new StringBuilder();
        module.notes().forEach(note -> text.append("%s | %s | %s%n".formatted(note.at(), note.what(), note.became())));
        module.secrets().forEach(secret -> text.append("%s # %s%n".formatted(secret.command(), secret.at())));
        module.shares().forEach(share -> text.append("%s # %s%n".formatted(share.setting(), share.at())));
        return text.toString();
    }
}
