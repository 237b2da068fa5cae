import type { KeyingConfig } from "@urql/exchange-graphcache";

const none = () => null;

/** Types without an identity of their own: they belong to the object that they stand in. */
export const keys: KeyingConfig = {
  AccessAlertInboxUpdate: none,
  AccessEventAggregate: none,
  AccessEventGroupKey: none,
  AccountAggregate: none,
  AcknowledgeAlertPayload: none,
  AlertAggregate: none,
  BalanceAggregate: none,
  BalanceGroupKey: none,
  CloseAccessAlertPayload: none,
  CompleteAlertPayload: none,
  Bank: none,
  CustomerAggregate: none,
  CustomerUpdate: none,
  DateTimeAggregate: none,
  HeldPermission: none,
  HeldRole: none,
  HouseholdMemberAggregate: none,
  Money: none,
  MoneyAggregate: none,
  MyAlertsUpdate: none,
  MyTasksUpdate: none,
  RelationAggregate: none,
  RelationGroupKey: none,
  SearchHit: none,
  SearchResults: none,
  StopAlertPayload: none,
  TaskAggregate: none,
  TicketAggregate: none,
  TicketQueueUpdate: none,
  TransactionAggregate: none,
  TransactionGroupKey: none,
  Viewer: none,
};
