/**
 * What nodes have and what work needs: hardware in quantities, and requirements that are told against it. A requirement says
 * itself whether a node's hardware meets it, and by how much it is missed.
 */
@ConstantChecked
package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.check.ConstantChecked;
