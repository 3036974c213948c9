/** What decides where work runs: demands, wishes, priorities, and what becomes of work whose node is lost. */
package io.nationtech.harmony.domain.placement;
