package io.chancery.policy;

import com.google.protobuf.Message;
import io.chancery.model.Ref;

/**
 * What a policy needs in the shared configuration of a filter.
 *
 * @param origin the object that it was made from
 */
public record ChainEntry(Message message, Ref origin) {}
