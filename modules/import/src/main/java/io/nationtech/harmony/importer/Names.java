package io.nationtech.harmony.importer;

import io.nationtech.harmony.domain.value.Port;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By which names the services of an application know each other, and where these stand in texts. A word that happens to be a service's name is
 * none: it must stand as a host does, in an address, before a port, or as the value of a variable that is named so.
 */
final class Names {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_\uE000][A-Za-z0-9_.\uE000\uE001-]*");
    private static final Pattern PORT = Pattern.compile(":([0-9]{2,5})(?![0-9])");
    private static final Pattern HOSTS_VARIABLE = Pattern.compile(
            "HOST|SERVER|ADDR|URL|URI|ENDPOINT|UPSTREAM|BROKER|NODE|PROXY|DSN|SERVICE|_IP$|REDIS|LISTEN|TARGET|RELAY|PEER",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OTHERS_VARIABLE = Pattern.compile(
            "USER|PASS|DATABASE|_DB$|_NAME$|TYPE|DIALECT|CLIENT|CONNECTION$|DRIVER|BACKEND$|HOSTNAME$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
    private static final String BEFORE = "@/=,;[(|\"' \t\n";
    private static final String AFTER = ":/,;])|\"' \t\n";
    private static final Set<String> OF_NODE =
            Set.of("host.docker.internal", "host.containers.internal", "gateway.docker.internal");
    /** What every container calls itself. */
    private static final Set<String> OF_NOBODY = Set.of("localhost", "127.0.0.1", "0.0.0.0");

    /**
     * A service's name in a text.
     *
     * @param service whose it is; the node's own where there is none
     * @param end behind the port, if there is one
     */
    record Mention(int begin, int end, Optional<Draft> service, Optional<Port> port) {}

    private final Map<String, Draft> byAlias = new HashMap<>();

    Names(Collection<Draft> drafts) {
        // A service's own name comes before what others are called besides.
        drafts.forEach(draft -> draft.aliases.forEach(alias -> byAlias.putIfAbsent(lower(alias), draft)));
        drafts.forEach(draft -> byAlias.put(lower(draft.key), draft));
        OF_NOBODY.forEach(byAlias::remove);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    Optional<Draft> of(String alias) {
        return Optional.ofNullable(byAlias.get(lower(alias)));
    }

    /** Names in the value of a variable. */
    List<Mention> inVariable(Draft self, String variable, String text) {
        boolean isNamedSo = HOSTS_VARIABLE.matcher(variable).find()
                && !OTHERS_VARIABLE.matcher(variable).find();
        return in(self, text, isNamedSo);
    }

    /** Names in other text, as the words of a command or a file. */
    List<Mention> inText(Draft self, String text) {
        return in(self, text, false);
    }

    private List<Mention> in(Draft self, String text, boolean isOfHosts) {
        List<Mention> mentions = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            String name = word.group().replaceFirst("[.-]+$", "");
            boolean isNode = OF_NODE.contains(lower(name));
            Draft draft = byAlias.get(lower(name));
            int end = word.start() + name.length();
            if (!isNode && (draft == null || draft == self)) {
                continue;
            }
            Matcher port = PORT.matcher(text).region(end, text.length());
            boolean hasPort = port.lookingAt();
            // An address is nothing else, whatever the text is; with a prefix it is a network.
            boolean isAddress = ADDRESS.matcher(name).matches() && !text.startsWith("/", end);
            if (isNode || isAddress || stands(text, word.start(), end, hasPort, isOfHosts)) {
                Optional<Port> number = hasPort ? port(port.group(1)) : Optional.empty();
                mentions.add(new Mention(
                        word.start(),
                        number.isPresent() ? port.end() : end,
                        Optional.ofNullable(isNode ? null : draft),
                        number));
            }
        }
        return mentions;
    }

    private static Optional<Port> port(String digits) {
        int number = Integer.parseInt(digits);
        return number >= 1 && number <= 65_535 && !digits.startsWith("0")
                ? Optional.of(Port.of(number))
                : Optional.empty();
    }

    private static boolean stands(String text, int begin, int end, boolean hasPort, boolean isOfHosts) {
        boolean isClosed = end == text.length() || AFTER.indexOf(text.charAt(end)) >= 0;
        if (text.startsWith("://", begin - 3) || (begin > 0 && text.charAt(begin - 1) == '@')) {
            return isClosed;
        }
        boolean isOpened = begin == 0 || BEFORE.indexOf(text.charAt(begin - 1)) >= 0;
        // a/b:5432 is an image or a path.
        boolean isInPath = begin > 0 && text.charAt(begin - 1) == '/';
        boolean isAlone = isOpened && !isInPath;
        return hasPort ? isAlone : isOfHosts && isAlone && isClosed;
    }
}
