package io.nationtech.harmony.containers;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node knows of a container that follows its image's tag, over restarts.
 *
 * @param declared the image with its tag
 * @param good what was well of what the tags named, the newest first; a tag of which there is none runs as it was first fetched
 * @param tried what runs to find out whether it is well
 * @param refused what was not well, of the declared tag
 * @param since from when on times count: what came before was looked at, missed, or before it was declared
 * @param news for people: what came of it the last time
 */
record FollowedImage(
        ImageReference declared,
        List<Good> good,
        Optional<ImageDigest> tried,
        Optional<ImageDigest> refused,
        Instant since,
        Optional<String> news) {
    static final History.Form<FollowedImage> FORM =
            new History.Form<>("image", FollowedImage::text, FollowedImage::parse);

    /** A node that goes back to what it had before goes back to what that ran. */
    private static final int REMEMBERED = 4;

    /** What was well of a tag. */
    record Good(ImageReference tag, ImageDigest digest) {
        @Override
        public String toString() {
            return "%s=%s".formatted(tag, digest);
        }

        static Good parse(String text) {
            int equals = text.indexOf('=');
            return new Good(new ImageReference(text.substring(0, equals)), ImageDigest.of(text.substring(equals + 1)));
        }
    }

    FollowedImage {
        good = good.stream().limit(REMEMBERED).toList();
    }

    /** Of a container that was never heard of before. */
    static FollowedImage declared(ImageReference image, Instant now) {
        return new FollowedImage(image, List.of(), Optional.empty(), Optional.empty(), now, Optional.empty());
    }

    /** The same container, with the image that is declared now. */
    FollowedImage following(ImageReference other, Instant now) {
        return declared.equals(other)
                ? this
                : new FollowedImage(other, good, Optional.empty(), Optional.empty(), now, Optional.empty());
    }

    /** What was well last of the declared tag. */
    Optional<ImageDigest> lastGood() {
        return good.stream()
                .filter(one -> one.tag().equals(declared))
                .map(Good::digest)
                .findFirst();
    }

    /** A container of that image, as it is to run. */
    Container running(Container container) {
        return tried.or(this::lastGood).map(container::pinnedTo).orElse(container);
    }

    FollowedImage trying(ImageDigest digest) {
        return new FollowedImage(declared, good, Optional.of(digest), refused, since, news);
    }

    /** What is tried is well. */
    FollowedImage accepting(String told) {
        Stream<Good> now = tried.map(digest -> new Good(declared, digest)).stream();
        Stream<Good> others = good.stream().filter(one -> !one.tag().equals(declared));
        return new FollowedImage(
                declared,
                Stream.concat(now, others).toList(),
                Optional.empty(),
                Optional.empty(),
                since,
                Optional.of(told));
    }

    /** What is tried is not well. */
    FollowedImage refusing(String told) {
        return new FollowedImage(declared, good, Optional.empty(), tried, since, Optional.of(told));
    }

    /** What is tried is not to be judged: it is not its fault. */
    FollowedImage leaving() {
        return new FollowedImage(declared, good, Optional.empty(), refused, since, news);
    }

    /** What comes up to a moment was looked at or is missed. */
    FollowedImage looked(Instant now) {
        return new FollowedImage(declared, good, tried, refused, now, news);
    }

    /** What it is about, for people. */
    Optional<String> words() {
        return tried.map(digest -> "tries %s, which %s names now".formatted(digest.abbreviated(), declared))
                .or(() -> news);
    }

    /** As a file's text. */
    String text() {
        Properties all = new Properties();
        all.setProperty("declared", declared.value());
        all.setProperty("good", good.stream().map(Good::toString).collect(Collectors.joining(" ")));
        all.setProperty("since", since.toString());
        tried.ifPresent(digest -> all.setProperty("tried", digest.value()));
        refused.ifPresent(digest -> all.setProperty("refused", digest.value()));
        news.ifPresent(told -> all.setProperty("news", told));
        StringWriter text = new StringWriter();
        try {
            all.store(text, null);
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory takes all that is written", e);
        }
        return text.toString();
    }

    /** Empty when it is no such text. */
    static Optional<FollowedImage> parse(String text) {
        Properties all = new Properties();
        try {
            all.load(new StringReader(text));
            return Optional.of(new FollowedImage(
                    new ImageReference(word(all, "declared").orElse("")),
                    word(all, "good").stream()
                            .flatMap(good -> Stream.of(good.split(" ", -1)))
                            .filter(one -> !one.isEmpty())
                            .map(Good::parse)
                            .toList(),
                    word(all, "tried").map(ImageDigest::of),
                    word(all, "refused").map(ImageDigest::of),
                    Instant.parse(word(all, "since").orElse("")),
                    word(all, "news")));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> word(Properties all, String name) {
        return Optional.ofNullable(all.getProperty(name));
    }
}
