package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * That a node was asked to do something: one is kept before it does, another with how that ended. Less than 16 KiB.
 *
 * @param request tells one request's records from another's
 * @param by empty where the node knows nobody who would be believed rather than others
 * @param deployment empty for what is about the node as a whole
 */
public record AuditRecord(
        String request, Optional<Signer> by, Optional<DeploymentName> deployment, Deed deed, Stage stage) {
    /** In bytes of UTF-16 a program of ordinary size fits in whole. */
    private static final int LONGEST_COMMAND = 4_096;

    private static final int LONGEST_WHY = 1_000;

    /** What was asked. What a program was given to read, and what it wrote, is kept nowhere. */
    public sealed interface Deed {

        /**
         * A program.
         *
         * @param command its words, as many as there is room for; the last of them may be cut
         * @param leftOut how many characters more there were
         */
        record Exec(Optional<ContainerName> container, List<String> command, int leftOut) implements Deed {
            public Exec {
                command = List.copyOf(command);
            }
        }

        /** Containers, or all. */
        record Restart(List<ContainerName> containers) implements Deed {
            public Restart {
                containers = List.copyOf(containers);
            }
        }

        /** The node's operating system. */
        record Upgrade(UpgradeOrder order) implements Deed {}

        /** All that it keeps. */
        record Reset() implements Deed {}

        /** So many lines of each container. */
        record Logs(int lines) implements Deed {}

        /** Of a request. */
        static Deed of(NodeRequest request) {
            return switch (request) {
                case ExecRequest exec -> exec(exec);
                case RestartRequest(var _, List<ContainerName> containers, var _) -> new Restart(containers);
                case LogsRequest(var _, int lines) -> new Logs(lines);
                case UpgradeRequest(UpgradeOrder order) -> new Upgrade(order);
                case ResetRequest() -> new Reset();
            };
        }

        private static Exec exec(ExecRequest request) {
            List<String> kept = new ArrayList<>();
            int room = LONGEST_COMMAND;
            int leftOut = 0;
            for (String word : request.command().words()) {
                String shown = cut(word, room);
                leftOut += word.length() - shown.length();
                room -= shown.length();
                if (!shown.isEmpty() || word.isEmpty()) {
                    kept.add(shown);
                }
            }
            return new Exec(request.container(), kept, leftOut);
        }
    }

    /** How far it is. */
    public sealed interface Stage {

        /** It is about to be done. */
        record Begun() implements Stage {}

        /** A program ended with that code. */
        record Exited(int code) implements Stage {}

        /** It was done. */
        record Done() implements Stage {}

        /** It was not done, or not to its end. */
        record Failed(String why) implements Stage {
            public Failed {
                why = cut(why, LONGEST_WHY);
            }
        }
    }

    AuditRecord at(Stage later) {
        return new AuditRecord(request, by, deployment, deed, later);
    }

    /** Half of a surrogate pair cannot be written as UTF-8. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }
}
