package io.chancery.policy.jwt;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.chancery.model.IdentityProvider;
import io.chancery.policy.ChainEntry;
import io.chancery.policy.FilterId;
import io.chancery.policy.FilterSlot;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Removes the headers that carry verified claims from what clients send, on every route of a chain:
 * also on routes without a JWT policy, which would otherwise hand a forged identity to a backend.
 */
public final class IdentityHeaders {
  /** The filter. */
  public static final FilterSlot SLOT =
      new FilterSlot(new FilterId("identity_headers"), IdentityHeaders::configuration);

  private IdentityHeaders() {}

  /** An entry for each header that a provider sets. */
  static NavigableMap<String, ChainEntry> entries(List<IdentityProvider> providers) {
    NavigableMap<String, ChainEntry> entries = new TreeMap<>();
    for (IdentityProvider provider : providers) {
      for (IdentityProvider.ClaimHeader claim : provider.claimHeaders()) {
        String header = claim.header().toLowerCase(Locale.ROOT);
        entries.put(header, new ChainEntry(StringValue.of(header), provider.ref()));
      }
    }
    return entries;
  }

  private static Message configuration(NavigableMap<String, Message> entries) {
    Mutations.Builder mutations = Mutations.newBuilder();
    entries
        .keySet()
        .forEach(
            header -> mutations.addRequestMutations(HeaderMutation.newBuilder().setRemove(header)));
    return io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation
        .newBuilder()
        .setMutations(mutations)
        .build();
  }
}
