/** What is said of each object: what the rules found, and what the fleet made of it. */
@NullMarked
package io.chancery.status;

import org.jspecify.annotations.NullMarked;
