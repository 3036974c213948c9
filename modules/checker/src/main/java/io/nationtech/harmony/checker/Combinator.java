package io.nationtech.harmony.checker;

import java.util.Locale;
import javax.lang.model.element.TypeElement;

/** A way to make one topology of two, with the annotation of the capabilities that it keeps. */
enum Combinator {
    FAILOVER("Failover", "FailsOver", "can be failed over", """
                /** A topology whose scores run at the primary, or at the standby when the primary was silent for too long. */
                static <P extends %3$s, S extends %3$s> %4$s.Failover<%2$s> %1$s(
                        %4$s.value.TopologyName name,
                        %4$s.Topology<P> primary,
                        %4$s.Topology<S> standby,
                        %4$s.TakeOver takeOver) {
                    return new %4$s.Failover<>(name, %2$s.class, primary, standby, takeOver);
                }
            """),
    REPLICATED("Replicated", "Replicates", "can be had twice", """
                /** A topology whose scores run at both. */
                static <P extends %3$s, S extends %3$s> %4$s.Replicated<%2$s> %1$s(
                        %4$s.value.TopologyName name,
                        %4$s.Topology<P> first,
                        %4$s.Topology<S> second) {
                    return new %4$s.Replicated<>(name, %2$s.class, first, second);
                }
            """);

    private static final String DOMAIN = "io.nationtech.harmony.domain";

    private final String topology;
    private final String annotation;
    private final String verb;
    private final String factory;

    Combinator(String topology, String annotation, String verb, String factory) {
        this.topology = topology;
        this.annotation = annotation;
        this.verb = verb;
        this.factory = factory;
    }

    String topology() {
        return topology;
    }

    /** What its capabilities can do, for a sentence. */
    String verb() {
        return verb;
    }

    boolean keeps(TypeElement capability) {
        return PureCalls.annotation(capability, DOMAIN + ".capability." + annotation) != null;
    }

    /** The name of its factory where there are several. */
    String method() {
        return topology.toLowerCase(Locale.ROOT);
    }

    String factory(String method, String set, String bounds) {
        return factory.formatted(method, set, bounds, DOMAIN);
    }
}
