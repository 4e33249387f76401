/**
 * Objects of a Kubernetes API server: lists, watches, and what keeps both from deleting by mistake.
 */
@NullMarked
package io.chancery.source.kubernetes;

import org.jspecify.annotations.NullMarked;
