/** What decides where work runs: demands, wishes, priorities, and what becomes of work whose node is lost. */
@ConstantChecked
package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.check.ConstantChecked;
