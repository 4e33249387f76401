package io.chancery.stream;

import io.chancery.snapshot.Snapshot;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceKind;
import io.chancery.xds.Version;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes what a client asks for of one type, and what it says that it holds: afterwards it is known
 * what may lack something.
 */
final class Asking {
  private final ResourceKind kind;
  private final Subscription subscription;
  private final ClientView view;
  private final Pending pending;

  Asking(ResourceKind kind, Subscription subscription, ClientView view, Pending pending) {
    this.kind = kind;
    this.subscription = subscription;
    this.view = view;
    this.pending = pending;
  }

  /**
   * Takes the subscriptions of a request; the first one may tell what the client holds.
   *
   * @return whether the request has to be answered, whatever there is; xds.md P13
   */
  boolean take(Request.Subscriptions wanted, boolean first, Snapshot now) {
    return switch (wanted) {
      case Request.Subscriptions.Changed(var subscribe, var unsubscribe, var held) -> {
        Subscription.Change change =
            subscription.change(subscribe, unsubscribe, name -> shared(name, now));
        if (first) {
          held.forEach(this::claims);
        }
        yield take(change, first, now);
      }
      case Request.Subscriptions.All(var names, var version) -> {
        Subscription.Change change = subscription.replace(names, name -> shared(name, now));
        if (first && change.wildcard() && holdsAll(now, version)) {
          change.added().forEach(view::ask);
          yield false;
        }
        yield take(change, first, now);
      }
    };
  }

  /** The name as the snapshot has it, so that sets of names do not have copies of their own. */
  private String shared(String name, Snapshot now) {
    return now.resource(kind, name).map(Resource::name).orElse(name);
  }

  /** Whether a client of an earlier stream has all that there is; xds.md P12. */
  private boolean holdsAll(Snapshot now, String version) {
    view.holdsAll(now);
    boolean equal = !version.isEmpty() && version.equals(view.digest());
    if (!equal) {
      view.startsWildcard();
    }
    return equal;
  }

  private void claims(String name, String version) {
    if (subscription.covers(name)) {
      view.claims(name, new Version(version));
    }
  }

  private boolean take(Subscription.Change change, boolean first, Snapshot now) {
    Span span = new Span(0, now.revision());
    boolean mustAnswer = false;
    if (change.gone()) {
      view.retain();
      pending.retain();
    }
    view.startsWithout(change.added());
    for (String name : change.asked()) {
      for (String one : meant(name, now)) {
        if (!first || !view.holds(one)) {
          view.ask(one);
        }
        pending.add(one, span);
      }
    }
    if (change.wildcard()) {
      view.startsWildcard();
      mustAnswer = view.heldNames().isEmpty(); // An empty answer is an answer; xds.md P13.
      examineAll(now, span);
    }
    if (first) {
      examineHeld(span);
    }
    return mustAnswer;
  }

  /** The resources that a glob stands for; a name, and a glob of none, stand for themselves. */
  private Set<String> meant(String name, Snapshot now) {
    Set<String> members =
        Glob.of(name).stream()
            .flatMap(glob -> now.resources(kind).keySet().stream().filter(glob::matches))
            .collect(Collectors.toSet());
    return members.isEmpty() ? Set.of(name) : members;
  }

  /** Every name may lack something. */
  void examineAll(Snapshot now, Span span) {
    now.resources(kind).keySet().forEach(name -> pending.add(name, span));
    examineHeld(span);
  }

  private void examineHeld(Span span) {
    view.heldNames().forEach(name -> pending.add(name, span));
  }

  /** Has names answered, changed or not. */
  void again(Collection<String> names, Span span) {
    for (String name : names) {
      if (subscription.covers(name)) {
        view.ask(name);
        pending.add(name, span);
      }
    }
  }
}
