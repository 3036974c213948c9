package io.nationtech.harmony.journal.mesh;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where things are kept: {@code <deployment>.<kind>.<name>}. A name that a key cannot have is written in base 64, cut into parts
 * that begin with '_', as no name does.
 */
final class Keys {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int LONGEST = 63;

    private Keys() {}

    static KeyPattern of(DeploymentName deployment) {
        return KeyPattern.under(Key.of(deployment.value()));
    }

    static Key of(DeploymentName deployment, ResourceId id) {
        List<String> parts =
                new ArrayList<>(List.of(deployment.value(), id.kind().value()));
        String name = id.name().value();
        if (PLAIN.matcher(name).matches()) {
            parts.add(name);
        } else {
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
            for (int start = 0; start < text.length(); start += LONGEST) {
                parts.add("_" + text.substring(start, Math.min(text.length(), start + LONGEST)));
            }
        }
        return new Key(parts);
    }

    static Key lease(DeploymentName deployment) {
        return Key.of("deployment", deployment.value());
    }
}
