package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.ingress.IngressRoute;
import io.nationtech.harmony.ingress.PasswordFile;
import io.nationtech.harmony.ingress.PasswordFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who may enter guarded names, as it was taken up last. The first line of each file says of which secret it is, so that the users of another
 * are never taken for them.
 */
record UserFiles(ProxyFolder files) {

    Path path(Owned owned) {
        return files.folder()
                .resolve("%s.%s.users"
                        .formatted(owned.deployment(), owned.resource().name()));
    }

    /** Takes up who may enter, unless that was done; where it cannot be, those may who could before. */
    Optional<Cause> takeUp(Owned owned, IngressRoute route, Means means) throws IOException {
        if (route.guard().isEmpty()) {
            return Optional.empty();
        }
        MountedSecret secret = route.guard().get().users();
        if (read(owned, heading(secret)).isPresent()) {
            return Optional.empty();
        }
        AtomicReference<PasswordFile> fresh = new AtomicReference<>();
        AtomicReference<Optional<Cause>> refused = new AtomicReference<>(Optional.empty());
        Optional<Cause> missing = means.secrets().lend(secret, text -> {
            try {
                fresh.set(PasswordFile.parse(text));
            } catch (PasswordFileException e) {
                refused.set(Optional.of(refused(route, secret, e)));
            }
        });
        Optional<Cause> why = missing.or(refused::get);
        if (why.isEmpty()) {
            files.writeKey(path(owned), heading(secret) + fresh.get().text());
        }
        return why;
    }

    private static Cause refused(IngressRoute route, MountedSecret secret, PasswordFileException why) {
        String name = secret.ref().name();
        return new Cause(
                "nobody new may log in at %s: %s".formatted(route.url(), why.getMessage()),
                "secret '%s', version %d".formatted(name, secret.version()),
                "`harmony login set %s <user>` writes such secrets; who could log in before still can".formatted(name));
    }

    /** Who may enter by a secret; empty where nobody was taken up of it. */
    Optional<PasswordFile> read(Owned owned, SecretRef secret) throws IOException {
        return read(owned, heading(secret));
    }

    private Optional<PasswordFile> read(Owned owned, String heading) throws IOException {
        try {
            return files.read(path(owned))
                    .filter(text -> new String(text, StandardCharsets.UTF_8).startsWith(heading))
                    .map(PasswordFile::parse);
        } catch (PasswordFileException e) {
            return Optional.empty();
        }
    }

    private static String heading(MountedSecret secret) {
        return "%s%d%n".formatted(heading(secret.ref()), secret.version());
    }

    private static String heading(SecretRef secret) {
        return "# %s ".formatted(secret.name());
    }
}
