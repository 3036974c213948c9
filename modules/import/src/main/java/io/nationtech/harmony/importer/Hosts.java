package io.nationtech.harmony.importer;

import java.util.ArrayList;
import java.util.List;

/** Puts services in the place of their names in a text, where that lets them start in an order. */
final class Hosts {
    private Hosts() {}

    /** The text with others' names as theirs, and notes that the two belong together. */
    static HostUse of(Project project, Draft self, List<Names.Mention> mentions, String text) {
        List<HostUse.Part> parts = new ArrayList<>();
        int end = 0;
        for (Names.Mention mention : mentions) {
            parts.add(new HostUse.Part.Plain(text.substring(end, mention.begin())));
            parts.addAll(part(self, mention));
            end = mention.end();
        }
        parts.add(new HostUse.Part.Plain(text.substring(end)));
        return new HostUse(parts.stream()
                .filter(part ->
                        !(part instanceof HostUse.Part.Plain(String plain) && plain.isEmpty()) || mentions.isEmpty())
                .toList());
    }

    private static List<HostUse.Part> part(Draft self, Names.Mention mention) {
        if (mention.service().isEmpty()) {
            return mention.port().isEmpty()
                    ? List.of(new HostUse.Part.Node())
                    : List.of(
                            new HostUse.Part.Node(),
                            new HostUse.Part.Plain(":" + mention.port().get()));
        }
        Draft other = mention.service().get();
        self.belongsTo.add(other);
        HostUse.Part.Host host = new HostUse.Part.Host(other.variable, other.name, mention.port());
        if (Order.wouldCircle(self, other)) {
            // Each knows the other: one of the two names is text, as none could start first.
            return List.of(new HostUse.Part.Plain(host.text()));
        }
        self.startsAfter.add(other);
        return List.of(host);
    }

    /** The text with others' names as they are in their group, for what is text alone: the words of a command, a file. */
    static String renamed(Project project, Draft self, String text) {
        StringBuilder renamed = new StringBuilder();
        int end = 0;
        for (Names.Mention mention : project.names().inText(self, text)) {
            renamed.append(text, end, mention.begin());
            if (mention.service().isEmpty()) {
                renamed.append(HostUse.Part.Node.NAME);
            } else {
                self.belongsTo.add(mention.service().get());
                renamed.append(mention.service().get().name);
            }
            mention.port().ifPresent(port -> renamed.append(':').append(port));
            end = mention.end();
        }
        return renamed.append(text.substring(end)).toString();
    }
}
