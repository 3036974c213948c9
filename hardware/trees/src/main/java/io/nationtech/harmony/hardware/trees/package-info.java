/** File trees of machines, as text. */
package io.nationtech.harmony.hardware.trees;
