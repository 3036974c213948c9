package io.nationtech.harmony.os.update;

import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.os.update.Neighbours.Neighbour;
import io.nationtech.harmony.os.update.Offers.Claim;
import io.nationtech.harmony.os.update.OsRelease.ReleaseFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for files of a release among the neighbours, and settles with them who fetches what none of them has. Whoever is about to fetch claims the
 * file first and then looks at the others' claims, and fetches once there are none: who sees one that fetches, or one that claims and whose name comes
 * first, gives way. So no two fetch who can reach each other: of two who both saw no claim, one had claimed before the other looked. For one upgrade, on
 * one thread.
 */
final class Neighbourhood {
    private static final Logger LOG = System.getLogger(Neighbourhood.class.getName());
    /** How the name ends of what a neighbour has not yet given whole. */
    private static final String GIVEN = ".given";

    private static final int AT_ONCE = 1 << 16;
    private static final int MOST_ASKED = 64;
    private static final int MOST_FAILURES = 3;
    /** Of a site's network. */
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final Neighbours neighbours;
    private final Offers offers;
    private final SiteLimits limits;
    private final Deadline deadline;
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> givenUp = new HashSet<>();
    private boolean isSettled;

    Neighbourhood(Neighbours neighbours, Offers offers, SiteLimits limits) {
        this.neighbours = neighbours;
        this.offers = offers;
        this.limits = limits;
        this.deadline = Deadline.in(limits.whole());
    }

    /** How one answers. */
    private enum Answer {
        HAS,
        FETCHES,
        /** It claims it, and comes before this node. */
        COMES_FIRST,
        /** It claims it, and this node comes before it. */
        COMES_LATER,
        /** It has it, and gives it to others just now. */
        BUSY,
        HAS_NOT
    }

    /**
     * Returns whether a neighbour gave the file, which lies there now, whole and checked. If not, this node is to fetch it, and to say when that is
     * {@link #over}.
     *
     * @throws IOException when it cannot be kept here
     */
    boolean take(ReleaseFile file, Path whole) throws IOException, InterruptedException {
        if (neighbours.here().isEmpty()) {
            return false;
        }
        if (!isSettled) {
            Thread.sleep(limits.settle());
            isSettled = true;
        }
        while (!deadline.isOver()) {
            Map<Neighbour, Answer> all = ask(file);
            for (Map.Entry<Neighbour, Answer> one : all.entrySet()) {
                if (one.getValue() == Answer.HAS && isGiven(one.getKey(), file, whole)) {
                    return true;
                }
            }
            if (all.values().stream().noneMatch(Neighbourhood::isBeforeUs) && isOurs(file)) {
                return false;
            }
            Thread.sleep(limits.pause());
        }
        LOG.log(
                Level.WARNING,
                "Neighbours take more than {0} s; {1} is fetched from where the release lies",
                limits.whole().toSeconds(),
                file.name());
        return false;
    }

    /** This node does not fetch the file any more. */
    void over(ReleaseFile file) {
        offers.release(file);
    }

    private boolean isOurs(ReleaseFile file) throws InterruptedException {
        offers.claim(file, Claim.CLAIMED);
        Collection<Answer> all = ask(file).values();
        // One that comes later may have looked before this node claimed it: it goes first then, or else gives way.
        while (all.contains(Answer.COMES_LATER)
                && all.stream().noneMatch(Neighbourhood::isBeforeUs)
                && !deadline.isOver()) {
            Thread.sleep(limits.pause());
            all = ask(file).values();
        }
        if (all.stream().anyMatch(Neighbourhood::isBeforeUs)) {
            offers.release(file);
            return false;
        }
        offers.claim(file, Claim.FETCHING);
        return true;
    }

    private static boolean isBeforeUs(Answer answer) {
        return switch (answer) {
            case HAS, FETCHES, COMES_FIRST, BUSY -> true;
            case COMES_LATER, HAS_NOT -> false;
        };
    }

    private Map<Neighbour, Answer> ask(ReleaseFile file) {
        Map<Neighbour, Answer> all = new LinkedHashMap<>();
        neighbours.others().stream()
                .filter(one -> !givenUp.contains(one.name()) && !one.name().equals(neighbours.self()))
                .filter(one -> neighbours.isNear(one.place().getAddress()))
                .limit(MOST_ASKED)
                .toList()
                .forEach(one -> all.put(one, ask(one, file)));
        return all;
    }

    private Answer ask(Neighbour neighbour, ReleaseFile file) {
        try {
            HttpURLConnection connection = open(neighbour, file);
            connection.setRequestMethod("HEAD");
            try {
                Answer answer = switch (connection.getResponseCode()) {
                    case HttpURLConnection.HTTP_OK -> Answer.HAS;
                    case HttpURLConnection.HTTP_UNAVAILABLE -> Answer.BUSY;
                    case HttpURLConnection.HTTP_ACCEPTED -> claimed(neighbour, connection.getHeaderField(Offers.CLAIM));
                    default -> Answer.HAS_NOT;
                };
                if (answer != Answer.HAS) {
                    failures.remove(neighbour.name());
                }
                return answer;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            failed(neighbour, "it does not answer: " + e.getMessage());
            return Answer.HAS_NOT;
        }
    }

    private Answer claimed(Neighbour neighbour, @Nullable String word) {
        if (Claim.FETCHING.word().equals(word)) {
            return Answer.FETCHES;
        }
        return neighbour.name().compareTo(neighbours.self()) < 0 ? Answer.COMES_FIRST : Answer.COMES_LATER;
    }

    private HttpURLConnection open(Neighbour neighbour, ReleaseFile file) throws IOException {
        String host = neighbour.place().getAddress().getHostAddress().replaceFirst("%.*", "");
        URI place = URI.create("http://%s:%d/%s"
                .formatted(
                        host.contains(":") ? "[" + host + "]" : host,
                        neighbour.place().getPort(),
                        file.sha256()));
        HttpURLConnection connection = (HttpURLConnection) place.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
        connection.setReadTimeout(Math.toIntExact(limits.stall().toMillis()));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        return connection;
    }

    private boolean isGiven(Neighbour neighbour, ReleaseFile file, Path whole) throws IOException {
        Path given = whole.resolveSibling(file.name() + GIVEN);
        try {
            if (!isWritten(neighbour, file, given)) {
                return false;
            }
            String found = Digest.of(given);
            if (!found.equals(file.sha256())) {
                giveUp(neighbour, "what it gave as %s is something else, of SHA-256 %s".formatted(file.name(), found));
                return false;
            }
            Files.move(given, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFile.sync(whole.resolveSibling(""));
            LOG.log(Level.INFO, "Neighbour {0} gave {1}", neighbour.name(), file.name());
            return true;
        } finally {
            Files.deleteIfExists(given);
        }
    }

    private boolean isWritten(Neighbour neighbour, ReleaseFile file, Path given) throws IOException {
        try (FileChannel out = FileChannel.open(
                given, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            Deadline longest = Deadline.in(limits.longest(file.bytes()));
            try (Given in = given(neighbour, file)) {
                byte[] buffer = new byte[AT_ONCE];
                while (out.size() < file.bytes()) {
                    int read = in.read(buffer, (int) Math.min(AT_ONCE, file.bytes() - out.size()));
                    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                    if (longest.isOver()) {
                        giveUp(
                                neighbour,
                                "it is too slow: %d of %d bytes in %d s"
                                        .formatted(
                                                out.size(),
                                                file.bytes(),
                                                limits.longest(file.bytes()).toSeconds()));
                        return false;
                    }
                }
            } catch (NotGivenException e) {
                failed(neighbour, String.valueOf(e.getMessage()));
                return false;
            }
            out.force(true);
            return true;
        }
    }

    /** What fails at the neighbour, not on the disk here. */
    private static final class NotGivenException extends Exception {
        private static final long serialVersionUID = 1L;

        NotGivenException(String message) {
            super(message);
        }
    }

    /** A file on its way from a neighbour. */
    private record Given(HttpURLConnection connection, InputStream bytes) implements AutoCloseable {
        int read(byte[] buffer, int most) throws NotGivenException {
            try {
                int read = bytes.read(buffer, 0, most);
                if (read < 0) {
                    throw new NotGivenException("it breaks off");
                }
                return read;
            } catch (IOException e) {
                throw new NotGivenException("it breaks off: " + e.getMessage());
            }
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }

    private Given given(Neighbour neighbour, ReleaseFile file) throws NotGivenException {
        try {
            HttpURLConnection connection = open(neighbour, file);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK
                    || connection.getContentLengthLong() != file.bytes()) {
                connection.disconnect();
                throw new NotGivenException("it answers with status %d and %d bytes, not with 200 and %d"
                        .formatted(connection.getResponseCode(), connection.getContentLengthLong(), file.bytes()));
            }
            return new Given(connection, connection.getInputStream());
        } catch (IOException e) {
            throw new NotGivenException(String.valueOf(e.getMessage()));
        }
    }

    /** It may be starting again; who fails again and again is not asked any more. */
    private void failed(Neighbour neighbour, String why) {
        if (failures.merge(neighbour.name(), 1, Integer::sum) >= MOST_FAILURES) {
            giveUp(neighbour, why);
        }
    }

    private void giveUp(Neighbour neighbour, String why) {
        givenUp.add(neighbour.name());
        LOG.log(Level.WARNING, "Neighbour {0} is not asked again in this upgrade: {1}", neighbour.name(), why);
    }
}
