package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.node.NodeInfo;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Some of the nodes, by what each says of itself. Written as selectors of kubectl are: {@code site=home,arch!=amd64}; all terms must hold.
 *
 * @param terms at least one
 */
record NodeSelector(List<Term> terms) {
    NodeSelector {
        terms = List.copyOf(terms);
    }

    /** What nodes are told apart by. */
    enum Key {
        SITE("site"),
        FAILURE_DOMAIN("failure-domain"),
        ARCH("arch"),
        NODE("node");

        private final String text;

        Key(String text) {
            this.text = text;
        }

        private String of(NodeInfo info) {
            return switch (this) {
                case SITE -> info.location().site().value();
                case FAILURE_DOMAIN -> info.location().failureDomain().value();
                case ARCH -> StatusReport.word(info.machine().architecture());
                case NODE -> info.id().value();
            };
        }

        static Key parse(String text) {
            return Stream.of(values())
                    .filter(key -> key.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("nodes are not told apart by '%s'; by %s"
                            .formatted(
                                    text,
                                    Stream.of(values()).map(key -> key.text).collect(Collectors.joining(", ")))));
        }
    }

    /** How a node's value has to be to the one that is named. */
    enum Relation {
        EQUAL("="),
        DIFFERENT("!=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }
    }

    /** What must hold of a node. */
    record Term(Key key, Relation relation, String value) {
        private static final Pattern FORM = Pattern.compile("([a-z-]+)(!=|==|=)([a-z0-9-]{1,63})");

        static Term parse(String text) {
            Matcher term = FORM.matcher(text);
            if (!term.matches()) {
                throw new TypeConversionException(
                        "'%s' is no term of a selector; write key=value or key!=value".formatted(text));
            }
            Relation relation = term.group(2).equals("!=") ? Relation.DIFFERENT : Relation.EQUAL;
            return new Term(Key.parse(term.group(1)), relation, term.group(3));
        }

        boolean matches(NodeInfo info) {
            return key.of(info).equals(value) == (relation == Relation.EQUAL);
        }

        @Override
        public String toString() {
            return key.text + relation.sign + value;
        }
    }

    boolean matches(NodeInfo info) {
        return terms.stream().allMatch(term -> term.matches(info));
    }

    @Override
    public String toString() {
        return terms.stream().map(Term::toString).collect(Collectors.joining(","));
    }

    /** Reads it from the command line. */
    static final class Read implements ITypeConverter<NodeSelector> {
        @Override
        public NodeSelector convert(String text) {
            return new NodeSelector(
                    Arrays.stream(text.split(",", -1)).map(Term::parse).toList());
        }
    }
}
