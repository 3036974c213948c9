/** The core model: scores say what should be, topologies what there is, interprets how the one becomes true on the other. */
@ConstantChecked
package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.check.ConstantChecked;
