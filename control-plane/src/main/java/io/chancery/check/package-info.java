/**
 * Rules from what users declared to what Chancery understood, and the one resolver of references.
 */
@NullMarked
package io.chancery.check;

import org.jspecify.annotations.NullMarked;
