/** Copies of data: {@code db.volumes(…).with(BackedUp.to(…))}. */
@ConstantChecked
package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.check.ConstantChecked;
