import type { KeyingConfig } from "@urql/exchange-graphcache";

const none = () => null;

/** Types without an identity of their own: they belong to the object that they stand in. */
export const keys: KeyingConfig = {
  AccessEventAggregate: none,
  AccountAggregate: none,
  AlertAggregate: none,
  CustomerAggregate: none,
  CustomerUpdate: none,
  HeldPermission: none,
  HeldRole: none,
  Money: none,
  MoneyAggregate: none,
  MyAlertsUpdate: none,
  MyTasksUpdate: none,
  SearchHit: none,
  SearchResults: none,
  TaskAggregate: none,
  TicketAggregate: none,
  TicketQueueUpdate: none,
  TransactionAggregate: none,
  Viewer: none,
};
