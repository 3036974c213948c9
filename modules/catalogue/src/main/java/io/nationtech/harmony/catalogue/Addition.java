package io.nationtech.harmony.catalogue;

import io.nationtech.harmony.domain.value.ShareName;
import java.nio.file.Path;
import java.util.List;

/**
 * What a project got of an application.
 *
 * @param module its folder
 * @param files those in it
 * @param source the deployment, one of the files
 * @param choices lines of the source
 */
public record Addition(
        Application application,
        Path module,
        List<Path> files,
        Path source,
        List<Secret> secrets,
        List<Share> shares,
        List<Choice> choices) {
    public Addition {
        files = List.copyOf(files);
        secrets = List.copyOf(secrets);
        shares = List.copyOf(shares);
        choices = List.copyOf(choices);
    }

    /** One to be set before the first deploy. No reference: what declares deployments refers to constants alone. */
    public record Secret(String name, String purpose) {
        /** How it is set. */
        public String command() {
            return "harmony secret set " + name;
        }
    }

    /** A folder that a node must have. */
    public record Share(ShareName name, String purpose) {}

    /** What the owner decides, at a line, counted from 1. */
    public record Choice(int line, String what) {}
}
