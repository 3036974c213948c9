package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.RegistryHost;

/**
 * Who a node is to a registry when it fetches an image there.
 *
 * @param registry that is told, and no other
 * @param secret whose value is {@code user:password}; the container does not get it
 */
@Since(8)
public record PullLogin(RegistryHost registry, MountedSecret secret) {}
