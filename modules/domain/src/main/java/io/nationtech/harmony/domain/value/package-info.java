/** Values that cannot be wrong: each is checked where it is made, and says what is wrong with what it refuses. */
package io.nationtech.harmony.domain.value;
