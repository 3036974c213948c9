package io.nationtech.harmony.rules;

import io.nationtech.harmony.corpus.Case;
import io.nationtech.harmony.corpus.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs every mistake of the corpus and its repair through a user's build, and where a case has an equivalent for another tool that
 * is installed ({@code other/<family>/<case>.tf} beside the cases), the mistake through that. Prints who finds it when.
 */
final class MisconfigTable {
    private static final String ROW = "%-52s %-12s %-10s %s%n";

    private MisconfigTable() {}

    public static void main(String... arguments) throws IOException {
        List<Case> cases = Case.FAMILIES.stream().flatMap(Case::of).toList();
        int rejected = 0;
        int falseAlarms = 0;
        Map<String, Integer> others = new TreeMap<>();
        System.out.printf(ROW, "mistake", "harmony", "repair", "others, where really run");
        for (Case each : cases) {
            Built wrong = Built.of(each.wrong());
            Built right = Built.of(each.right());
            String other = Terraform.find(each);
            rejected += wrong.refusedBy() == Built.Step.NOTHING ? 0 : 1;
            falseAlarms += right.refusedBy() == Built.Step.NOTHING ? 0 : 1;
            if (!other.isEmpty()) {
                others.merge(other, 1, Integer::sum);
            }
            System.out.printf(
                    ROW, each, when(wrong), right.refusedBy() == Built.Step.NOTHING ? "passes" : "REFUSED", other);
        }
        others.forEach((who, count) -> System.out.printf("%s: %d%n", who, count));
        System.out.printf(
                "misconfig-table cases=%d rejected=%d false_alarms=%d%n", cases.size(), rejected, falseAlarms);
        if (rejected < cases.size() || falseAlarms > 0) {
            System.exit(1);
        }
    }

    private static String when(Built built) {
        return switch (built.refusedBy()) {
            case COMPILER -> "compile";
            case GRAPH_CHECK -> "build";
            case NOTHING -> "NEVER";
        };
    }

    /** HashiCorp's tool, with what it has built in: no provider is downloaded. */
    private static final class Terraform {
        private static final Path EQUIVALENTS =
                Path.of(System.getProperty("harmony.project"), "modules/checker/src/test/resources/other");

        static String find(Case mistake) throws IOException {
            Path equivalent = EQUIVALENTS.resolve(mistake + ".tf");
            if (!Files.exists(equivalent) || !isInstalled()) {
                return "";
            }
            try (Scratch scratch = Scratch.make()) {
                Path folder = scratch.folder();
                Files.copy(equivalent, folder.resolve("main.tf"));
                if (status(folder, "init", "-backend=false") != 0) {
                    return "terraform init";
                }
                if (status(folder, "validate") != 0) {
                    return "terraform validate";
                }
                return status(folder, "plan", "-lock=false") != 0
                        ? "terraform plan"
                        : "terraform: neither validate nor plan";
            }
        }

        private static boolean isInstalled() {
            return Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, "terraform")));
        }

        private static int status(Path folder, String... command) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(
                    Stream.concat(Stream.of("terraform"), Stream.of(command)).toList());
            try {
                return builder.directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }
}
