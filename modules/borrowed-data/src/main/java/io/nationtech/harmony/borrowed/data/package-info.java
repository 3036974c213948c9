/** Data of other deployments: {@code player.with(Borrows.readOnly(Downloads.LIBRARY, MountPath.of("/media")))}. */
@ConstantChecked
package io.nationtech.harmony.borrowed.data;

import io.nationtech.harmony.domain.check.ConstantChecked;
