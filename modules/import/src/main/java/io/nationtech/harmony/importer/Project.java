package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.value.NodePort;
import java.util.Set;

/**
 * What all readers of one application use.
 *
 * @param name of the deployment
 * @param files beside the source
 * @param fileNames that are taken: names of files are the deployment's
 * @param ports of the node that are taken
 * @param document volumes, networks, configs and secrets that services name
 */
record Project(
        String name,
        ProjectFiles files,
        Variables variables,
        Vault vault,
        Findings findings,
        Set<String> fileNames,
        Set<NodePort> ports,
        Value.Entries document,
        Names names) {

    /** A text of the source, with the values of its variables where these are known, secrets included: for what is never one. */
    String plain(Value value) {
        return variables.filled(value.text());
    }

    /** What stands under a name in a section of the document. */
    Value named(String section, String name) {
        return document.get(section).flatMap(all -> all.get(name)).orElse(new Value.Nothing(document.at()));
    }
}
