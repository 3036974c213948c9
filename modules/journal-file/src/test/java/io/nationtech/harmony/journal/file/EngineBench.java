package io.nationtech.harmony.journal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Compares whole processes, JVM start included: Terraform's {@code terraform_data} against the same work by the engine. Run by
 * {@code make bench-engine}.
 */
final class EngineBench {
    private static final Duration TERRAFORM_LIMIT = Duration.ofSeconds(300);
    private static final int SMALL = 1_000;
    private static final int LARGE = 10_000;
    private static final int HUGE = 100_000;
    private static final int CHAIN = 10;

    private EngineBench() {}

    /**
     * How long a process took and the most memory that it had.
     *
     * @param finished whether it ended by itself
     */
    private record Run(double seconds, long peakKibibytes, End finished) {
        String show() {
            return "%s%8.2f s %7.0f MiB"
                    .formatted(finished == End.STOPPED ? ">" : " ", seconds, peakKibibytes / 1024.0);
        }
    }

    private enum End {
        BY_ITSELF,
        STOPPED
    }

    /** A plan of everything, an apply, and a plan of nothing. */
    private record Runs(Run plan, Run apply, Run secondPlan) {
        long peakKibibytes() {
            return Math.max(plan.peakKibibytes(), Math.max(apply.peakKibibytes(), secondPlan.peakKibibytes()));
        }
    }

    public static void main(String... args) throws IOException, InterruptedException {
        Optional<Path> terraform = Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "terraform"))
                .filter(Files::isExecutable)
                .findFirst();
        System.out.printf("%-10s %9s  %-25s%-25s%-25s%n", "", "resources", "plan", "apply", "second plan");
        engine(SMALL);
        Runs small = shown("harmony", SMALL, engine(SMALL));
        Runs large = shown("harmony", LARGE, engine(LARGE));
        Runs huge = shown("harmony", HUGE, engine(HUGE));
        double growth = perResource(huge, HUGE) / perResource(small, SMALL);
        if (terraform.isEmpty()) {
            System.out.println("terraform is not installed here: only Harmony's own figures");
            System.out.printf("bench-engine growth=%.2f%n", growth);
            return;
        }
        Runs theirSmall = shown("terraform", SMALL, terraform(terraform.get(), SMALL));
        Runs theirLarge = shown("terraform", LARGE, terraform(terraform.get(), LARGE));
        System.out.printf(
                "at %d: plan %.0f x, apply %.0f x%n",
                SMALL,
                theirSmall.plan().seconds() / small.plan().seconds(),
                theirSmall.apply().seconds() / small.apply().seconds());
        if (theirLarge.apply().finished() == End.STOPPED) {
            System.out.printf(
                    "terraform's apply of %d was stopped after %d s: its ratio is a lower bound%n",
                    LARGE, TERRAFORM_LIMIT.toSeconds());
        }
        System.out.printf(
                "bench-engine plan_ratio=%.1f apply_ratio=%.1f memory_ratio=%.2f growth=%.2f%n",
                theirLarge.plan().seconds() / large.plan().seconds(),
                theirLarge.apply().seconds() / large.apply().seconds(),
                (double) theirLarge.peakKibibytes() / large.peakKibibytes(),
                growth);
    }

    private static double perResource(Runs runs, int count) {
        return (runs.plan().seconds() + runs.apply().seconds()) / count;
    }

    private static Runs shown(String who, int count, Runs runs) {
        System.out.printf(
                "%-10s %9d %s   %s   %s%n",
                who,
                count,
                runs.plan().show(),
                runs.apply().show(),
                runs.secondPlan().show());
        return runs;
    }

    private static Runs engine(int count) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bench-engine");
        try {
            return new Runs(
                    engine("plan", count, folder), engine("apply", count, folder), engine("plan", count, folder));
        } finally {
            delete(folder);
        }
    }

    private static Run engine(String verb, int count, Path folder) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EngineWorkload.class.getName()));
        command.addAll(List.of(verb, Integer.toString(count), folder.toString()));
        return measured(command, folder, Duration.ofMinutes(10));
    }

    private static Runs terraform(Path program, int count) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bench-terraform");
        try {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                text.append("resource \"terraform_data\" \"r%d\" {\n  input = \"value-%d\"\n".formatted(i, i));
                if (i % CHAIN != 0) {
                    text.append("  depends_on = [terraform_data.r%d]\n".formatted(i - 1));
                }
                text.append("}\n");
            }
            Files.writeString(folder.resolve("main.tf"), text);
            terraform(program, folder, "init");
            return new Runs(
                    terraform(program, folder, "plan"),
                    terraform(program, folder, "apply", "-auto-approve"),
                    terraform(program, folder, "plan"));
        } finally {
            delete(folder);
        }
    }

    private static Run terraform(Path program, Path folder, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-input=false", "-no-color"));
        return measured(command, folder, TERRAFORM_LIMIT);
    }

    private static Run measured(List<String> command, Path folder, Duration limit)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long peak = 0;
        while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakKibibytes(process.pid()));
            if (System.nanoTime() - start > limit.toNanos()) {
                process.destroyForcibly().waitFor();
                return new Run(seconds(start), peak, End.STOPPED);
            }
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("%s failed: %s".formatted(command, Files.readString(output)));
        }
        return new Run(seconds(start), peak, End.BY_ITSELF);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** VmHWM of proc(5) only grows, so the last look before the end is the peak or nearly so. */
    private static long peakKibibytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/%d/status".formatted(pid)))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
