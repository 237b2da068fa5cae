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
    ACCOUNT_REVEAL = "account:reveal"
    ACCOUNT_SEARCH = "account:search"
    ACCOUNT_BALANCE_READ = "account.balance:read"
    BRANCH_READ = "branch:read"
    BRANCH_REORGANISE = "branch:reorganise"
    CARD_READ = "card:read"
    CARD_REVEAL = "card:reveal"
    CARD_SEARCH = "card:search"
    CONTACT_POINT_READ = "contact_point:read"
    CONTACT_POINT_REVEAL = "contact_point:reveal"
    CONTACT_POINT_SEARCH = "contact_point:search"
    CUSTOMER_READ = "customer:read"
    CUSTOMER_BIRTH_ON_READ = "customer.birth_on:read"
    HOUSEHOLD_READ = "household:read"
    IDENTITY_DOCUMENT_READ = "identity_document:read"
    IDENTITY_DOCUMENT_REVEAL = "identity_document:reveal"
    IDENTITY_DOCUMENT_SEARCH = "identity_document:search"
    LOAN_READ = "loan:read"
    POLICY_APPROVE = "policy:approve"
    POLICY_PROPOSE = "policy:propose"
    POLICY_READ = "policy:read"
    PRODUCT_READ = "product:read"
    RELATION_READ = "relation:read"
    STAFF_READ = "staff:read"
    STANDING_ORDER_READ = "standing_order:read"
    STANDING_ORDER_REVEAL = "standing_order:reveal"
    TRANSACTION_READ = "transaction:read"
    TRANSACTION_REVEAL = "transaction:reveal"
    TRANSACTION_AMOUNT_READ = "transaction.amount:read"
