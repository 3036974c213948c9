package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.score.Completed;
import io.nationtech.harmony.domain.score.Healthy;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.project.JavaNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads all services of a document: which there are, by which names they are known, what each is, and in which order they start. */
final class ApplicationReader {
    private static final String PROXY_OF_UMBREL = "app_proxy";

    private final String project;
    private final Value.Entries document;
    private final Variables variables;
    private final Findings findings;
    private final Set<String> profiles;

    ApplicationReader(
            String project, Value.Entries document, Variables variables, Findings findings, Set<String> profiles) {
        this.project = project;
        this.document = document;
        this.variables = variables;
        this.findings = findings;
        this.profiles = profiles;
    }

    /** All services, each read. */
    List<Draft> read(ProjectFiles files, Vault vault) {
        List<Draft> drafts = drafts();
        drafts.forEach(draft -> called(draft, drafts));
        Names names = new Names(drafts);
        Project context = new Project(
                project, files, variables, vault, findings, new HashSet<>(), new HashSet<>(), document, names);
        drafts.forEach(draft -> findings.attempt(draft.at, () -> depends(draft, names)));
        drafts.forEach(draft -> findings.attempt(draft.at, () -> through(draft, names)));
        umbrelsProxy(names);
        // What is said of a carrier's network by those that it carries is known when it is read itself.
        drafts.stream()
                .sorted(Comparator.comparing(draft -> draft.through.isEmpty()))
                .forEach(draft -> findings.attempt(draft.at, () -> new ServiceReader(context, draft).read()));
        drafts.forEach(draft -> waits(draft, names));
        return drafts;
    }

    private List<Draft> drafts() {
        Map<String, Value> services = services();
        Set<String> ended = services.values().stream()
                .flatMap(service -> dependencies(service).entrySet().stream())
                .filter(entry -> entry.getValue().equals("service_completed_successfully"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<String> taken = new HashSet<>();
        Set<String> variableNames = new HashSet<>();
        List<Draft> drafts = new ArrayList<>();
        services.forEach((key, service) -> {
            ServiceName name = ServiceName.of(free(Vault.label(key), taken));
            Draft draft = new Draft(key, service.at(), service, name, JavaNames.variable(name.value(), variableNames));
            draft.isJob = ended.contains(key) || isJob(service);
            aliases(draft);
            drafts.add(draft);
        });
        return drafts;
    }

    private static String free(String name, Set<String> taken) {
        return Stream.concat(
                        Stream.of(name), Stream.iterate(2, number -> number + 1).map(number -> name + "-" + number))
                .filter(taken::add)
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Value> services() {
        Map<String, Value> all = new LinkedHashMap<>();
        Map<String, Value> optional = new LinkedHashMap<>();
        document.get("services").map(Value::entries).orElse(Map.of()).forEach((key, raw) -> {
            if (key.equals(PROXY_OF_UMBREL) && raw.get("image").isEmpty()) {
                return;
            }
            if (!(raw instanceof Value.Entries)) {
                findings.refuse(
                        raw.at(), "service '%s' says nothing".formatted(key), "give it an image, or leave it out");
                return;
            }
            Value service = variables.expanded(raw);
            List<String> own = service.get("profiles").map(Value::items).orElse(List.of()).stream()
                    .map(Value::text)
                    .toList();
            boolean isOn = own.isEmpty() || own.stream().anyMatch(profiles::contains) || profiles.contains("*");
            (isOn ? all : optional).put(key, service);
        });
        optional.forEach((key, service) -> findings.note(
                service.at(), "service '%s', of a profile".formatted(key), "left out; --profile takes it in"));
        if (all.isEmpty()) {
            findings.refuse(
                    document.at(),
                    optional.isEmpty() ? "no service is declared" : "all services are of profiles",
                    optional.isEmpty()
                            ? "name a compose file, which has `services:`"
                            : "name one of them by --profile");
        }
        return all;
    }

    private static boolean isJob(Value service) {
        String restart = service.text("restart").orElse("");
        return restart.equals("no")
                && service.get("ports").isEmpty()
                && service.get("healthcheck").isEmpty()
                && service.get("network_mode").isEmpty();
    }

    private void aliases(Draft draft) {
        Value service = draft.source;
        Stream.of("container_name", "hostname")
                .flatMap(key -> service.get(key).stream())
                .map(Value::text)
                .forEach(draft.aliases::add);
        draft.aliases.add(project + "_" + draft.key + "_1");
        draft.aliases.add(project + "-" + draft.key + "-1");
        service.get("networks").map(Value::entries).orElse(Map.of()).values().forEach(network -> {
            network.get("aliases")
                    .map(Value::items)
                    .orElse(List.of())
                    .forEach(alias -> draft.aliases.add(alias.text()));
            Stream.of("ipv4_address", "ipv6_address")
                    .flatMap(key -> network.get(key).stream())
                    .forEach(address -> fixed(draft, address));
        });
        service.get(Quadlets.ADDRESSES).map(Value::items).orElse(List.of()).forEach(address -> fixed(draft, address));
        String own = service.text("hostname").orElse(draft.name.value());
        if (!own.equals(draft.name.value()) && !own.equals(draft.key)) {
            findings.note(
                    service.get("hostname").orElseThrow().at(),
                    "host name %s of '%s'".formatted(own, draft),
                    "its own name, " + draft.name);
        }
        draft.aliases.remove("");
    }

    private void fixed(Draft draft, Value address) {
        draft.aliases.add(address.text());
        findings.note(
                address.at(),
                "address %s of '%s'".formatted(address.text(), draft),
                "its name, wherever others have the address");
    }

    /** Names that it has for the fixed addresses of others. */
    private static void called(Draft draft, List<Draft> all) {
        Value hosts = draft.source.get("extra_hosts").orElse(new Value.Nothing(draft.at));
        Map<String, String> named = new LinkedHashMap<>();
        hosts.entries().forEach((name, address) -> named.put(name, address.text()));
        hosts.items().forEach(item -> {
            String[] parts = item.text().split("[:=]", 2);
            named.put(parts[0], parts.length > 1 ? parts[1] : "");
        });
        named.forEach((name, address) -> all.stream()
                .filter(other -> !address.isEmpty() && other.aliases.contains(address))
                .forEach(other -> other.aliases.add(name)));
    }

    /** Of whom a service depends, and how: in compose's words. */
    private static Map<String, String> dependencies(Value service) {
        Value depends = service.get("depends_on").orElse(new Value.Nothing(service.at()));
        Map<String, String> all = new LinkedHashMap<>();
        depends.entries()
                .forEach((name, value) -> all.put(name, value.text("condition").orElse("service_started")));
        if (!(depends instanceof Value.Entries)) {
            depends.items().forEach(item -> all.put(item.text(), "service_started"));
        }
        return all;
    }

    private void depends(Draft draft, Names names) {
        dependencies(draft.source)
                .keySet()
                .forEach(name -> names.of(name).ifPresent(other -> {
                    if (other != draft && Order.wouldCircle(draft, other)) {
                        throw new RefusedSourceException(
                                draft.source.get("depends_on").orElseThrow().at(),
                                "services '%s' and '%s' depend on each other, so that none can start first"
                                        .formatted(draft, other),
                                "leave one depends_on out");
                    }
                    draft.belongsTo.add(other);
                    draft.startsAfter.add(other);
                }));
        for (Value link : draft.source.get("links").map(Value::items).orElse(List.of())) {
            String[] parts = link.text().split(":", 2);
            names.of(parts[0]).ifPresent(other -> {
                draft.belongsTo.add(other);
                if (parts.length > 1 && !names.of(parts[1]).equals(Optional.of(other))) {
                    findings.refuse(
                            link.at(),
                            "service '%s' calls '%s' by another name: %s".formatted(draft, other, parts[1]),
                            "use its own name");
                }
            });
        }
        draft.startsAfter.remove(draft);
    }

    /** Whose network it has, in the end: of one that has the network of a third, the third's. */
    private void through(Draft draft, Names names) {
        Optional<Draft> carrier = carrier(draft, names);
        Set<Draft> way = new HashSet<>(Set.of(draft));
        while (carrier.isPresent() && carrier(carrier.get(), names).isPresent() && way.add(carrier.get())) {
            carrier = carrier(carrier.get(), names);
        }
        if (carrier.isEmpty()) {
            return;
        }
        Draft last = carrier.get();
        if (way.contains(last) || draft.isJob || last.isJob || Order.wouldCircle(draft, last)) {
            throw new RefusedSourceException(
                    draft.source.get("network_mode").orElseThrow().at(),
                    "service '%s' is to have the network of '%s', which starts after it or ends".formatted(draft, last),
                    "let '%s' depend on '%s', and run as long".formatted(draft, last));
        }
        draft.through = carrier;
        draft.belongsTo.add(last);
        draft.startsAfter.add(last);
    }

    private Optional<Draft> carrier(Draft draft, Names names) {
        return draft.source
                .text("network_mode")
                .map(variables::filled)
                .filter(mode -> mode.startsWith("service:") || mode.startsWith("container:"))
                .map(mode -> mode.replaceFirst("^[a-z]+:", "").replaceFirst("\\.container$", ""))
                .flatMap(names::of);
    }

    /** Whoever goes through another may be what makes it healthy, by what it listens at. */
    private static boolean isHealthyByItself(Draft draft, Draft other) {
        return draft.through.filter(other::equals).isEmpty()
                || other.probe.filter(CommandProbe.class::isInstance).isPresent();
    }

    /** What starts once another is healthy or done; said last, when it is known who has a probe. */
    private void waits(Draft draft, Names names) {
        Place at = draft.source.get("depends_on").map(Value::at).orElse(draft.at);
        dependencies(draft.source).forEach((name, condition) -> {
            Optional<Draft> found = names.of(name).filter(other -> other != draft);
            if (found.isEmpty()) {
                if (!name.equals(PROXY_OF_UMBREL)) {
                    findings.note(
                            at, "'%s' depends on '%s'".formatted(draft, name), "left out: there is no such service");
                }
                return;
            }
            Draft other = found.get();
            if (other.isJob) {
                Completed completed = new Completed(other.name);
                draft.say(Word.of(
                        "after", service -> service.after(completed), new Waiting(other.variable, "completed")));
            } else if (condition.equals("service_healthy")
                    && other.probe.isPresent()
                    && isHealthyByItself(draft, other)) {
                Healthy healthy = new Healthy(other.name);
                draft.say(Word.of("after", service -> service.after(healthy), new Waiting(other.variable, "healthy")));
            } else if (!isTold(draft, other)) {
                findings.note(
                        at,
                        "'%s' starts after '%s'".formatted(draft, other),
                        "starts beside it, and must try again; after(….healthy()) waits");
            }
        });
    }

    /** Who is told another's name starts after it anyway. */
    private static boolean isTold(Draft draft, Draft other) {
        return draft.through.filter(other::equals).isPresent()
                || draft.words.stream()
                        .flatMap(word -> word.arguments().stream())
                        .anyMatch(argument -> argument instanceof HostUse use
                                && use.made().reached().contains(other.name));
    }

    /** Umbrel's file names the port of the application in a service that is no container. */
    private void umbrelsProxy(Names names) {
        Optional<Value> proxy = document.get("services")
                .flatMap(services -> services.get(PROXY_OF_UMBREL))
                .filter(service -> service.get("image").isEmpty());
        if (proxy.isEmpty()) {
            return;
        }
        findings.attempt(proxy.get().at(), () -> {
            Map<String, Value> settings = variables
                    .expanded(proxy.get()
                            .get("environment")
                            .orElse(new Value.Nothing(proxy.get().at())))
                    .named();
            String host = settings.getOrDefault(
                            "APP_HOST", new Value.Nothing(proxy.get().at()))
                    .text();
            String port = variables.filled(settings.getOrDefault(
                            "APP_PORT", new Value.Nothing(proxy.get().at()))
                    .text());
            Optional<Draft> app = names.of(host);
            if (app.isEmpty() || !port.matches("[1-9][0-9]{0,4}")) {
                findings.note(proxy.get().at(), "the store's proxy", "left out: it is not known what it leads to");
                return;
            }
            Port both = Port.of(Integer.parseInt(port));
            List<PublishedPort> published = app.get().ofNetwork().ports;
            if (published.stream().noneMatch(one -> one.node().equals(both))) {
                published.add(PublishedPort.tcp(both));
            }
            findings.note(
                    proxy.get().at(),
                    "the store's proxy, which asks who it is",
                    "port %s of '%s' is open to everybody".formatted(both, app.get()));
        });
    }
}
