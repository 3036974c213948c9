package io.nationtech.harmony.journal.file;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.Applied;
import io.nationtech.harmony.graph.Applier;
import io.nationtech.harmony.graph.ApplyProgress;
import io.nationtech.harmony.graph.Consent;
import io.nationtech.harmony.graph.Driver;
import io.nationtech.harmony.graph.Durability;
import io.nationtech.harmony.graph.GraphPlan;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.graph.Limits;
import io.nationtech.harmony.graph.Observed;
import io.nationtech.harmony.graph.Output;
import io.nationtech.harmony.graph.Planner;
import io.nationtech.harmony.graph.ResourceGraph;
import io.nationtech.harmony.graph.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * What the benchmark runs as a process of its own: {@code plan|apply COUNT FOLDER}. The resources are what Terraform's
 * {@code terraform_data} is: a value that is kept, in chains of ten. Every write is on the disk before it counts.
 */
final class EngineWorkload {
    private static final DeploymentName NAME = DeploymentName.of("bench");
    private static final int CHAIN = 10;

    /** What is declared. */
    public record Data(String value) {}

    private EngineWorkload() {}

    public static void main(String... args) throws IOException, InterruptedException {
        int count = Integer.parseInt(args[1]);
        Path folder = Path.of(args[2]);
        Journals journals = new FileJournals(folder, InstantSource.system());
        Files.createDirectories(folder);
        try (Store store = new Store(folder.resolve("world"))) {
            ResourceGraph graph = graph(store, count);
            Planner planner = new Planner(Limits.usual(), RandomGenerator.getDefault());
            if (args[0].equals("plan")) {
                System.out.println(
                        planner.plan(graph, journals.read(NAME)).news().size());
                return;
            }
            switch (journals.open(NAME, Author.of("bench@here"))) {
                case Journals.Opening.Opened(Journal journal) -> {
                    try (journal) {
                        GraphPlan plan = planner.plan(graph, journal.ledger());
                        Applied applied = new Applier(
                                        Limits.usual(),
                                        RandomGenerator.getDefault(),
                                        new Consent.Nothing(),
                                        ApplyProgress.silent())
                                .apply(graph, plan, journal);
                        System.out.println(applied.failures().isEmpty() ? applied.changed() : applied.failures());
                    }
                }
                case Journals.Opening.Held held -> throw new IllegalStateException(held.toString());
            }
        }
    }

    private static ResourceGraph graph(Store store, int count) {
        ResourceGraph.Builder graph = ResourceGraph.builder();
        Output<String> last = Output.of("");
        for (int i = 0; i < count; i++) {
            String value = "value-" + i;
            Output<Data> desired = i % CHAIN == 0 ? Output.of(new Data(value)) : last.map(_ -> new Data(value));
            last = graph.add(store, String.class, ResourceName.of("r" + i), desired);
        }
        return graph.build();
    }

    /** Values in a file that is only appended to. */
    private static final class Store implements Driver<Data, String>, AutoCloseable {
        private final Map<ResourceName, Data> values = new ConcurrentHashMap<>();
        private final DurableAppender file;

        Store(Path path) throws IOException {
            if (Files.exists(path)) {
                Files.readAllLines(path).forEach(line -> {
                    String[] words = line.split(" ");
                    values.put(ResourceName.of(words[0]), new Data(words[1]));
                });
            }
            file = new DurableAppender(path);
        }

        @Override
        public KindName kind() {
            return KindName.of("data");
        }

        @Override
        public Target target(ResourceName name) {
            return new Target("store", 256);
        }

        @Override
        public Durability durability() {
            return Durability.STATELESS;
        }

        @Override
        public Optional<Observed<Data, String>> read(ResourceName name) {
            return Optional.ofNullable(values.get(name)).map(data -> new Observed<>(data, data.value()));
        }

        @Override
        public void create(ResourceName name, Data desired) {
            write(name, desired);
        }

        @Override
        public void update(ResourceName name, Data current, Data desired) {
            write(name, desired);
        }

        @Override
        public void delete(ResourceName name) {
            throw new IllegalStateException("the benchmark deletes nothing");
        }

        private void write(ResourceName name, Data data) {
            try {
                file.append(name + " " + data.value() + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            values.put(name, data);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
