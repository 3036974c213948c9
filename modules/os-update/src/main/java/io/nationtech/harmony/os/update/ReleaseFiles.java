package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.ReleasePlace;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a release, where they lie. */
interface ReleaseFiles {

    /**
     * A file's content from somewhere on.
     *
     * @param start at which byte it begins: where it was asked for, or 0
     * @param size of the whole file, where that is said
     */
    record Content(long start, OptionalLong size, InputStream bytes) {}

    /** Who has the file does not give a part of it: it has to be asked for as a whole. */
    final class NoPartException extends IOException {
        private static final long serialVersionUID = 1L;

        NoPartException(String message) {
            super(message);
        }
    }

    /**
     * @param from the first byte that is wanted
     * @throws UpgradeException when it is not there, or cannot be had in any other try either
     * @throws NoPartException when {@code from} is not where it can begin
     * @throws IOException when another try may help
     */
    Content open(String name, long from) throws IOException, UpgradeException;

    /** For people. */
    String where(String name);

    /** Whether what fails now may work in a moment. */
    boolean mayRecover();

    static ReleaseFiles at(ReleasePlace place, Duration stall) {
        return switch (place) {
            case ReleasePlace.Web(String url) -> new OfWeb(URI.create(url.endsWith("/") ? url : url + "/"), stall);
            case ReleasePlace.Folder(String path) -> new OfFolder(Path.of(path));
        };
    }

    private static UpgradeException missing(String where) {
        return new UpgradeException(new Cause(
                "the release has no such file",
                where,
                "look for it there: a release is put there with all of its files"));
    }

    /** Those of a folder. */
    record OfFolder(Path folder) implements ReleaseFiles {
        @Override
        public Content open(String name, long from) throws IOException, UpgradeException {
            try {
                Path file = folder.resolve(name);
                long size = Files.size(file);
                InputStream in = Files.newInputStream(file);
                in.skipNBytes(Math.min(from, size));
                return new Content(from, OptionalLong.of(size), in);
            } catch (NoSuchFileException e) {
                throw missing(where(name));
            }
        }

        @Override
        public String where(String name) {
            return folder.resolve(name).toString();
        }

        @Override
        public boolean mayRecover() {
            return false;
        }
    }

    /**
     * Those of a web server. Nothing of what it says is believed that the manifest does not say too, so that plain HTTP will do, and a file that
     * was changed between two tries is found out by its digest.
     */
    record OfWeb(URI folder, Duration stall) implements ReleaseFiles {
        private static final int RANGE_NOT_SATISFIABLE = 416;
        private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-.*");

        @Override
        public Content open(String name, long from) throws IOException, UpgradeException {
            HttpURLConnection connection =
                    (HttpURLConnection) folder.resolve(name).toURL().openConnection();
            connection.setConnectTimeout(Math.toIntExact(stall.toMillis()));
            connection.setReadTimeout(Math.toIntExact(stall.toMillis()));
            connection.setUseCaches(false);
            if (from > 0) {
                connection.setRequestProperty("Range", "bytes=%d-".formatted(from));
            }
            int status = connection.getResponseCode();
            return switch (status) {
                case HttpURLConnection.HTTP_OK -> content(0, connection);
                case HttpURLConnection.HTTP_PARTIAL -> content(start(connection, from), connection);
                case RANGE_NOT_SATISFIABLE -> throw new NoPartException("the server has no byte %d".formatted(from));
                case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE -> throw missing(where(name));
                case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                    throw new UpgradeException(new Cause(
                            "the server answers with status %d".formatted(status),
                            where(name),
                            "let nodes read releases there without a login"));
                default -> throw new IOException("the server answers with status %d".formatted(status));
            };
        }

        private static Content content(long start, HttpURLConnection connection) throws IOException {
            long length = connection.getContentLengthLong();
            return new Content(
                    start,
                    length < 0 ? OptionalLong.empty() : OptionalLong.of(start + length),
                    connection.getInputStream());
        }

        private static long start(HttpURLConnection connection, long from) throws NoPartException {
            String said = Optional.ofNullable(connection.getHeaderField("Content-Range"))
                    .orElse("");
            Matcher range = CONTENT_RANGE.matcher(said);
            if (!range.matches() || Long.parseLong(range.group(1)) != from) {
                throw new NoPartException(
                        "the server was asked for what begins at byte %d, and sends something else".formatted(from));
            }
            return from;
        }

        @Override
        public String where(String name) {
            return folder.resolve(name).toString();
        }

        @Override
        public boolean mayRecover() {
            return true;
        }
    }
}
