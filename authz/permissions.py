"""Everything a role can be allowed to do, alphabetical within the concept."""

from enum import StrEnum

from domain.policy.model import Reach

__all__ = ["Permission", "Reach"]


class Permission(StrEnum):
    """`<concept>[.<part>]:<action>`; a part is a field with a reach of its own."""

    ACCESS_EXPLAIN = "access:explain"
    ACCESS_GRANT_CREATE = "access_grant:create"
    ACCESS_GRANT_READ = "access_grant:read"
    ACCESS_LOG_READ = "access_log:read"
    ACCOUNT_READ = "account:read"
    ACCOUNT_BALANCE_READ = "account.balance:read"
    BRANCH_PREPARE = "branch:prepare"
    BRANCH_READ = "branch:read"
    CARD_READ = "card:read"
    CONTACT_POINT_READ = "contact_point:read"
    CUSTOMER_READ = "customer:read"
    CUSTOMER_BIRTH_ON_READ = "customer.birth_on:read"
    GO_LIVE_APPLY = "go_live:apply"
    GO_LIVE_APPROVE = "go_live:approve"
    GO_LIVE_READ = "go_live:read"
    HANDOVER_COMPLETE = "handover:complete"
    HANDOVER_READ = "handover:read"
    HOUSEHOLD_READ = "household:read"
    IDENTITY_DOCUMENT_READ = "identity_document:read"
    LOAN_READ = "loan:read"
    POLICY_APPROVE = "policy:approve"
    POLICY_PROPOSE = "policy:propose"
    POLICY_READ = "policy:read"
    PRODUCT_READ = "product:read"
    RELATION_READ = "relation:read"
    STAFF_READ = "staff:read"
    STAFF_RECORD_DEPARTURE = "staff:record_departure"
    STAFF_TRANSFER = "staff:transfer"
    STANDING_ORDER_READ = "standing_order:read"
    TRANSACTION_READ = "transaction:read"
    TRANSACTION_AMOUNT_READ = "transaction.amount:read"
    USER_APPLICATION_ACTIVATE = "user_application:activate"
    USER_APPLICATION_APPROVE = "user_application:approve"
    USER_APPLICATION_CONFIRM_TRAINING = "user_application:confirm_training"
    USER_APPLICATION_CREATE = "user_application:create"
    USER_APPLICATION_READ = "user_application:read"
