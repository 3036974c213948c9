/** What a topology can have: concepts of the industry, never tools, and none that assumes a central control plane. */
@ConstantChecked
package io.nationtech.harmony.domain.capability;

import io.nationtech.harmony.domain.check.ConstantChecked;
