/** How a change reaches many nodes. */
@NullMarked
package io.nationtech.harmony.domain.rollout;

import org.jspecify.annotations.NullMarked;
