package io.chancery.admin.view;

import java.util.List;

/**
 * Whether the control plane serves what there is.
 *
 * @param reasons what it still waits for; empty if it is ready
 */
public record ReadinessView(boolean ready, List<String> reasons) {

  public ReadinessView(List<String> reasons) {
    this(reasons.isEmpty(), List.copyOf(reasons));
  }
}
