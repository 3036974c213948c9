package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.api.External;
import io.nats.client.api.Mirror;
import io.nats.client.api.Source;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.SubjectTransform;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Joins sites to the hub. A site's server is a leaf of it with a JetStream domain of its own (NATS' ADR-8 has the same for key-value buckets): what nodes are
 * told is mirrored down, revision by revision, and what they say is sourced up.
 */
public final class NatsSites {
    /** The hub's JetStream domain, under which leaves reach it. */
    public static final String HUB = "hub";

    private NatsSites() {}

    /** Below these subjects the hub's messages come to a site. */
    public static String down(String site) {
        return "harmony.site.%s.down".formatted(site);
    }

    /** Below these subjects a site's messages come to the hub. */
    public static String up(String site) {
        return "harmony.site.%s.up".formatted(site);
    }

    /**
     * Makes what a site's server keeps, and lets the hub take what its nodes say. Again with other nodes, it is changed: what they are told is
     * copied anew, for which it is away for a moment.
     *
     * @param hub as somebody who may manage streams on both
     * @param site the name of its domain
     * @throws MeshUnavailableException when the hub cannot be asked, or has no connection to the site
     */
    public static void join(NatsOptions hub, String site, List<SiteBucket> buckets) {
        try (NatsLink link = new NatsLink(hub)) {
            link.connectNow();
            try {
                new Joining(
                                site,
                                link.up().jetStreamManagement(link.jetStreamOptions()),
                                link.up()
                                        .jetStreamManagement(JetStreamOptions.builder(link.jetStreamOptions())
                                                .domain(site)
                                                .build()))
                        .join(buckets);
            } catch (JetStreamApiException | IOException | IllegalStateException e) {
                throw new MeshUnavailableException(
                        new Cause(
                                "site '%s' is not joined: %s".formatted(site, e.getMessage()),
                                hub.where(),
                                "look whether the site's server runs, and in its log whether the hub lets it in as a leaf; then run this again"),
                        e);
            }
        }
    }

    private record Joining(String site, JetStreamManagement hub, JetStreamManagement there) {

        void join(List<SiteBucket> buckets) throws IOException, JetStreamApiException {
            for (SiteBucket bucket : buckets) {
                switch (bucket) {
                    case SiteBucket.Down down -> mirror(down);
                    case SiteBucket.Up up -> {
                        makeOwn(up.name(), up.history(), up.durability());
                        source(up.name(), up.keys());
                    }
                    case SiteBucket.Records records -> {
                        if (StreamMaker.existing(there, records.name()).isEmpty()) {
                            there.addStream(StreamMaker.records(records.name(), records.perKey(), records.age()));
                        }
                        source(records.name(), records.keys());
                    }
                    case SiteBucket.Own(BucketName name) -> makeOwn(name, 1, Durability.AT_ONCE);
                }
            }
        }

        /** NATS changes no mirror. */
        private void mirror(SiteBucket.Down bucket) throws IOException, JetStreamApiException {
            StreamConfiguration wanted = StreamConfiguration.builder(StreamMaker.form(bucket.name(), 1))
                    .subjects(List.of())
                    .mirror(Mirror.builder()
                            .sourceName(Subjects.stream(bucket.name()))
                            .external(external(HUB, down(site)))
                            .subjectTransforms(filters(bucket.name(), bucket.keys()))
                            .build())
                    .mirrorDirect(true)
                    .build();
            Optional<StreamConfiguration> before = StreamMaker.existing(there, bucket.name());
            if (before.isPresent() && isSame(before.get(), wanted)) {
                return;
            }
            if (before.isPresent()) {
                requireCopy(before.get());
                there.deleteStream(Subjects.stream(bucket.name()));
            }
            there.addStream(wanted);
        }

        /** What a server kept before it became a site's is not thrown away. */
        private static void requireCopy(StreamConfiguration existing) throws IOException {
            if (existing.getMirror() == null) {
                throw new IOException(
                        "its server keeps a stream %s of its own, which is no copy of the hub's; give the site a new folder"
                                .formatted(existing.getName()));
            }
        }

        private static boolean isSame(StreamConfiguration one, StreamConfiguration other) {
            return mirrored(one).equals(mirrored(other));
        }

        private static List<SubjectTransform> mirrored(StreamConfiguration mirroring) {
            return Optional.ofNullable(mirroring.getMirror())
                    .map(Mirror::getSubjectTransforms)
                    .orElse(List.of());
        }

        private void makeOwn(BucketName name, int history, Durability durability)
                throws IOException, JetStreamApiException {
            if (StreamMaker.existing(there, name).isEmpty()) {
                there.addStream(StreamConfiguration.builder(StreamMaker.form(name, history))
                        .persistMode(StreamMaker.alone(durability))
                        .build());
            }
        }

        private void source(BucketName name, List<KeyPattern> keys) throws IOException, JetStreamApiException {
            StreamConfiguration before = StreamMaker.existing(hub, name)
                    .orElseThrow(() ->
                            new IOException("the hub has no bucket '%s' yet: an operator's `harmony node list` makes it"
                                    .formatted(name)));
            Source wanted = Source.builder()
                    .sourceName(Subjects.stream(name))
                    .external(external(site, up(site)))
                    .subjectTransforms(filters(name, keys))
                    .build();
            List<Source> others = Optional.ofNullable(before.getSources()).orElse(List.of()).stream()
                    .filter(source -> !isOfSite(source))
                    .toList();
            hub.updateStream(StreamConfiguration.builder(before)
                    .sources(Stream.concat(others.stream(), Stream.of(wanted)).toList())
                    .build());
        }

        private boolean isOfSite(Source source) {
            return Optional.ofNullable(source.getExternal())
                    .map(External::getApi)
                    .equals(Optional.of(api(site)));
        }
    }

    private static External external(String domain, String deliver) {
        return External.builder().api(api(domain)).deliver(deliver).build();
    }

    private static String api(String domain) {
        return "$JS.%s.API".formatted(domain);
    }

    private static List<SubjectTransform> filters(BucketName name, List<KeyPattern> keys) {
        return keys.stream()
                .map(pattern -> Subjects.of(name, pattern))
                .map(subject -> new SubjectTransform(subject, same(subject)))
                .toList();
    }

    /** A transform that filters and changes nothing: as its result, a wildcard is written by its number. */
    private static String same(String subject) {
        StringBuilder same = new StringBuilder();
        int wildcards = 0;
        for (String token : subject.split("\\.", -1)) {
            same.append(same.isEmpty() ? "" : ".")
                    .append(token.equals("*") ? "{{wildcard(%d)}}".formatted(++wildcards) : token);
        }
        return same.toString();
    }
}
