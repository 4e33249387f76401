/**
 * What Chancery understood: references, problems, and the checked rows between input and Envoy
 * configuration.
 */
@NullMarked
package io.chancery.model;

import org.jspecify.annotations.NullMarked;
