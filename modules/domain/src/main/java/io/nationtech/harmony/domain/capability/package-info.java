/** What a topology can have: concepts of the industry, never tools, and none that assumes a central control plane. */
package io.nationtech.harmony.domain.capability;
