/** Values that cannot be wrong: each is checked where it is made, and says what is wrong with what it refuses. */
@ConstantChecked
package io.nationtech.harmony.domain.value;

import io.nationtech.harmony.domain.check.ConstantChecked;
