package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A node's answer to a {@link LogsRequest}. */
public sealed interface LogsReply {

    /** What the resources wrote, oldest line first. */
    record Lines(List<Line> lines) implements LogsReply {
        public Lines {
            lines = List.copyOf(lines);
        }

        /**
         * The newest of these lines, as many as fit in one message in whatever form it has; a longer line is cut.
         *
         * @param largestMessage in bytes
         */
        public static Lines newest(List<Line> all, int largestMessage) {
            Deque<Line> kept = new ArrayDeque<>();
            int room = largestMessage - Line.FRAME;
            for (Line line : all.reversed()) {
                Line shown = line.cut();
                room -= shown.size();
                if (room < 0) {
                    break;
                }
                kept.addFirst(shown);
            }
            return new Lines(List.copyOf(kept));
        }
    }

    /** One line. */
    record Line(ResourceName resource, String text) {
        private static final int LONGEST = 16_384;
        /** Bytes for what a form writes around a text: the resource's name, quotes, field names. */
        private static final int FRAME = 320;

        private Line cut() {
            if (text.length() <= LONGEST) {
                return this;
            }
            int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
            return new Line(resource, text.substring(0, end) + " …");
        }

        /** An upper bound in bytes: a character that a form has to escape takes six, as \\u001b does. */
        private int size() {
            return FRAME + text.chars().map(Line::size).sum();
        }

        private static int size(int character) {
            boolean plain = character >= ' ' && character < 0x7f && character != '"' && character != '\\';
            return plain ? 1 : 6;
        }
    }

    /** The node cannot say. */
    record Refused(Cause cause) implements LogsReply {}
}
