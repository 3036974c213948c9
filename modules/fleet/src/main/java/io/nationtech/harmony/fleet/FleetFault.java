package io.nationtech.harmony.fleet;

import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;

/**
 * An entry that is left out, as it cannot be read or is written in another's name.
 *
 * @param why for people
 */
public record FleetFault(BucketName bucket, Key key, String why) {}
