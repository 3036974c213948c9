package io.nationtech.harmony.domain.capability;

/**
 * Lets containers use folders of the household that its nodes have by name: from a NAS, of a disk that is plugged in, of the node itself. It
 * neither fails over nor replicates: what another site has under the same name is another folder.
 */
public interface FolderShares extends Capability {}
