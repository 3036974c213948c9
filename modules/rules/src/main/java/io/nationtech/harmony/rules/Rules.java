package io.nationtech.harmony.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules that are tried on a deployment. */
final class Rules {
    /** The framework's own. */
    static final List<Rule> OWN = List.of(
            new AddressGivenTwice(),
            new AddressOfNoMachine(),
            new AffinityToNothing(),
            new AliasInCircle(),
            new AliasOfNothing(),
            new CapabilityMissing(),
            new CapabilityWithoutMachine(),
            new ContainerTwice(),
            new DataWithoutBackup(),
            new FixedAddressInRange(),
            new HasNoPlace(),
            new HostNotTogether(),
            new HostPortTwice(),
            new ImageFloats(),
            new ImageVersionsDiffer(),
            new LossPolicyUnkept(),
            new MemoryBeyondMachine(),
            new NamesAlike(),
            new PortOfTheNode(),
            new QuorumTogether(),
            new RecordOfOtherZone(),
            new RecordTwice(),
            new RouteToNothing(),
            new SecretAsText(),
            new SmokeTestAsksNothing(),
            new SubnetsOverlap(),
            new TargetWithoutAddress(),
            new TogetherAndApart(),
            new ZoneOfMulticastDns());

    private Rules() {}

    /**
     * Those and what the modules around a deployment provide.
     *
     * @throws RefusedException when one cannot be made, or two have one id
     */
    static List<Rule> around(Class<?> deployment) {
        try {
            List<Rule> all = Stream.concat(OWN.stream(), provided(deployment)).toList();
            requireDistinct(all);
            return all;
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new RefusedException(
                    "a rule beside the deployment cannot be made: %s; it is a public class with a public constructor without parameters, compiled against this version of Harmony"
                            .formatted(e.getMessage()));
        }
    }

    private static void requireDistinct(List<Rule> rules) {
        Map<String, Rule> known = new HashMap<>();
        for (Rule rule : rules) {
            Rule other = known.putIfAbsent(rule.id(), rule);
            if (other != null) {
                throw new RefusedException(
                        "rule '%s' is there twice, as %s and as %s; rename one, or leave its module out"
                                .formatted(
                                        rule.id(),
                                        other.getClass().getName(),
                                        rule.getClass().getName()));
            }
        }
    }

    private static Stream<Rule> provided(Class<?> deployment) {
        ModuleLayer layer = deployment.getModule().getLayer();
        return layer == null
                ? onClassPath(deployment.getClassLoader())
                : ServiceLoader.load(layer, Rule.class).stream().map(ServiceLoader.Provider::get);
    }

    /** Builds have modules on the class path, where what descriptors provide counts for nothing unless it is read. */
    private static Stream<Rule> onClassPath(ClassLoader loader) {
        Set<String> names = new LinkedHashSet<>();
        try {
            for (URL url : Collections.list(loader.getResources("module-info.class"))) {
                try (InputStream descriptor = url.openStream()) {
                    ModuleDescriptor.read(descriptor).provides().stream()
                            .filter(provides -> provides.service().equals(Rule.class.getName()))
                            .forEach(provides -> names.addAll(provides.providers()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.concat(
                names.stream().map(name -> make(name, loader)),
                ServiceLoader.load(Rule.class, loader).stream().map(ServiceLoader.Provider::get))
                .collect(Collectors.toMap(Object::getClass, rule -> rule, (first, _) -> first, LinkedHashMap::new))
                .values()
                .stream();
    }

    private static Rule make(String name, ClassLoader loader) {
        try {
            return Class.forName(name, true, loader)
                    .asSubclass(Rule.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new ServiceConfigurationError(e.toString(), e);
        }
    }
}
