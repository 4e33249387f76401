package io.chancery.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.chancery.model.Condition;
import io.chancery.model.ObjectStatus;
import io.chancery.model.Ref;
import io.chancery.xds.Resource;
import io.chancery.xds.ResourceChange;
import io.chancery.xds.ResourceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusBoardTest {
  private static final ResourceKind ROUTES = ResourceKind.ROUTE_CONFIGURATION;
  private static final Ref ORDERS = new Ref("HTTPRoute", "shop", "orders");
  private static final Ref USERS = new Ref("HTTPRoute", "shop", "users");
  private static final Ref EDGE = new Ref("Gateway", "shop", "edge");
  private static final List<Condition> ACCEPTED = List.of(Condition.holds("Accepted", "Accepted"));

  private final Map<String, List<NodeProgress>> nodes = new HashMap<>();
  private final StatusBoard board = new StatusBoard(fleet -> nodes.getOrDefault(fleet, List.of()));

  @Test
  void knowsNothingOfOtherObjects() {
    assertThat(board.report(ORDERS)).isEmpty();
    assertThat(board.reports()).isEmpty();
  }

  @Test
  void saysNothingOfNodesWhenNothingOfTheObjectGoesThere() {
    compiled(route(ORDERS, Set.of("default")), route(USERS, Set.of()));
    board.published(1, List.of(table("a", USERS)));

    assertThat(report(ORDERS).programmed()).isEmpty();
    assertThat(report(ORDERS).status()).isEqualTo(route(ORDERS, Set.of("default")));
    assertThat(report(USERS).programmed()).isEmpty();
  }

  @Test
  void isNotProgrammedWithoutNodes() {
    publishOrders();

    assertThat(condition(ORDERS).reason()).isEqualTo("NoNodes");
    assertThat(condition(ORDERS).status()).isEqualTo(Condition.Status.FALSE);
  }

  @Test
  void isPendingUntilEveryNodeAcked() {
    publishOrders();
    nodes.put("default", List.of(node("a", 1), node("b", 0)));

    assertThat(condition(ORDERS))
        .isEqualTo(Condition.fails("Programmed", "Pending", "1 of 2 nodes run revision 1"));
    assertThat(report(ORDERS).programmed()).contains(new Programmed(1, 2, 1, 0));

    nodes.put("default", List.of(node("a", 1), node("b", 7)));
    assertThat(condition(ORDERS)).isEqualTo(Condition.holds("Programmed", "Programmed"));
  }

  @Test
  void waitsForAllFleets() {
    compiled(route(ORDERS, Set.of("default", "other")));
    board.published(1, List.of(change("default", "a", ORDERS), change("other", "a", ORDERS)));
    nodes.put("default", List.of(node("a", 1)));
    nodes.put("other", List.of(node("a", 0)));

    assertThat(condition(ORDERS).reason()).isEqualTo("Pending");
  }

  @Test
  void doesNotWaitForRevisionsOfOtherObjects() {
    publishOrders();
    board.published(2, List.of(table("b", USERS)));
    nodes.put("default", List.of(node("a", 1)));

    assertThat(condition(ORDERS).status()).isEqualTo(Condition.Status.TRUE);
    assertThat(condition(USERS).reason()).isEqualTo("Pending");
  }

  @Test
  void doesNotWaitForKindsThatNobodySubscribesTo() {
    publishOrders();
    nodes.put(
        "default", List.of(new NodeProgress("a", acked(ResourceKind.CLUSTER, 1L), List.of())));

    assertThat(condition(ORDERS).status()).isEqualTo(Condition.Status.TRUE);
  }

  @Test
  void waitsForNodesThatAreStarting() {
    publishOrders();
    nodes.put("default", List.of(new NodeProgress("a", Map.of(ROUTES, 1L), List.of())));

    assertThat(condition(ORDERS).reason()).isEqualTo("Pending");
  }

  @Test
  void saysWhatEnvoyObjectsTo() {
    publishOrders();
    nodes.put("default", List.of(refusing("a", table("a", ORDERS), "bad regex")));

    assertThat(condition(ORDERS))
        .isEqualTo(Condition.fails("Programmed", "Rejected", "default/a: routes/table: bad regex"));
    assertThat(report(ORDERS).programmed()).contains(new Programmed(1, 1, 0, 1));
  }

  @Test
  void isRejectedHoweverFarTheNodeIsWithTheRest() {
    publishOrders();
    NodeProgress refusing = refusing("a", table("a", ORDERS), "bad regex");
    nodes.put("default", List.of(new NodeProgress("a", acked(ROUTES, 9L), refusing.rejections())));

    assertThat(condition(ORDERS).reason()).isEqualTo("Rejected");
    assertThat(report(ORDERS).programmed()).contains(new Programmed(1, 1, 0, 1));
  }

  @Test
  void blamesNoObjectThatIsNotInTheResource() {
    compiled(route(ORDERS, Set.of("default")), route(USERS, Set.of("default")));
    ResourceChange orders = change("orders", Set.of(ORDERS), ORDERS);
    ResourceChange users = change("users", Set.of(USERS), USERS);
    board.published(1, List.of(orders, users));
    NodeProgress refusing = refusing("a", users, "bad regex");
    nodes.put("default", List.of(new NodeProgress("a", acked(ROUTES, 1L), refusing.rejections())));

    assertThat(condition(ORDERS).status()).isEqualTo(Condition.Status.TRUE);
    assertThat(condition(USERS).reason()).isEqualTo("Rejected");
  }

  @Test
  void keepsTheObjectionWhileAnotherObjectChangesTheResource() {
    compiled(route(ORDERS, Set.of("default")), route(USERS, Set.of("default")));
    board.published(1, List.of(table("broken", ORDERS)));
    ResourceChange stillBroken = table("still broken", USERS);
    board.published(2, List.of(stillBroken));
    nodes.put("default", List.of(refusing("a", stillBroken, "bad regex")));

    assertThat(condition(ORDERS).reason()).isEqualTo("Rejected");
  }

  @Test
  void isPendingAgainWhenARefusedResourceIsReplaced() {
    publishOrders();
    nodes.put("default", List.of(refusing("a", table("a", ORDERS), "bad regex")));
    board.published(2, List.of(table("repaired", ORDERS)));

    assertThat(condition(ORDERS).reason()).isEqualTo("Pending");
  }

  @Test
  void reportsGatewaysAsAWholeAndPerListener() {
    Condition refused = Condition.fails("Accepted", "HostnameConflict", "taken");
    ObjectStatus gateway =
        new ObjectStatus(
            EDGE,
            1,
            Set.of("default"),
            ACCEPTED,
            List.of(),
            List.of(
                new ObjectStatus.Listener("http", 1, List.of(), ACCEPTED),
                new ObjectStatus.Listener("twin", 0, List.of(), List.of(refused))),
            List.of());
    compiled(gateway);
    board.published(1, List.of(table("a", EDGE)));
    nodes.put("default", List.of(node("a", 1)));

    ObjectStatus status = report(EDGE).status();
    assertThat(status.conditions()).contains(Condition.holds("Programmed", "Programmed"));
    assertThat(status.listeners().getFirst().conditions())
        .contains(Condition.holds("Programmed", "Programmed"));
    assertThat(status.listeners().getLast().conditions())
        .contains(Condition.fails("Programmed", "Invalid", "not accepted: taken"));
  }

  @Test
  void forgetsObjectsThatWent() {
    publishOrders();
    board.compiled(Map.of(ORDERS, Optional.empty()));
    assertThat(board.report(ORDERS)).isEmpty();

    compiled(route(ORDERS, Set.of("default")));
    assertThat(report(ORDERS).programmed()).isEmpty();
  }

  @Test
  void listsObjectsInOrder() {
    compiled(route(USERS, Set.of()), route(ORDERS, Set.of()));

    assertThat(board.reports())
        .extracting(report -> report.status().ref())
        .containsExactly(ORDERS, USERS);
  }

  private void publishOrders() {
    compiled(route(ORDERS, Set.of("default")), route(USERS, Set.of("default")));
    board.published(1, List.of(table("a", ORDERS)));
  }

  private void compiled(ObjectStatus... statuses) {
    Map<Ref, Optional<ObjectStatus>> changed = new HashMap<>();
    for (ObjectStatus status : statuses) {
      changed.put(status.ref(), Optional.of(status));
    }
    board.compiled(changed);
  }

  private ObjectReport report(Ref ref) {
    return board.report(ref).orElseThrow();
  }

  private Condition condition(Ref route) {
    return report(route).status().parents().getFirst().conditions().getLast();
  }

  private static ObjectStatus route(Ref ref, Set<String> fleets) {
    return new ObjectStatus(
        ref,
        1,
        fleets,
        List.of(),
        List.of(new ObjectStatus.Parent(EDGE, "", 0, ACCEPTED)),
        List.of(),
        List.of());
  }

  private static NodeProgress node(String id, long revision) {
    return new NodeProgress(id, acked(ROUTES, revision), List.of());
  }

  /** A node that has been asking for listeners for long. */
  private static Map<ResourceKind, Long> acked(ResourceKind kind, long revision) {
    return Map.of(ResourceKind.LISTENER, 99L, kind, revision);
  }

  private static NodeProgress refusing(String id, ResourceChange change, String detail) {
    Resource resource = change.resource().orElseThrow();
    return new NodeProgress(
        id,
        acked(ROUTES, 0L),
        List.of(new Rejection(ROUTES, change.name(), resource.version(), detail)));
  }

  private static ResourceChange table(String content, Ref touched) {
    return change("default", content, touched);
  }

  private static ResourceChange change(String fleet, String content, Ref touched) {
    Resource resource =
        Resource.of(ROUTES, "table", ByteString.copyFromUtf8(content), Set.of(ORDERS, USERS));
    return new ResourceChange(fleet, ROUTES, "table", Optional.of(resource), Set.of(touched));
  }

  private static ResourceChange change(String name, Set<Ref> origins, Ref touched) {
    Resource resource = Resource.of(ROUTES, name, ByteString.copyFromUtf8(name), origins);
    return new ResourceChange("default", ROUTES, name, Optional.of(resource), Set.of(touched));
  }
}
