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
    BRANCH_READ = "branch:read"
    BRANCH_REORGANISE = "branch:reorganise"
    CARD_READ = "card:read"
    CONTACT_POINT_READ = "contact_point:read"
    CUSTOMER_READ = "customer:read"
    CUSTOMER_BIRTH_ON_READ = "customer.birth_on:read"
    HOUSEHOLD_READ = "household:read"
    IDENTITY_DOCUMENT_READ = "identity_document:read"
    LOAN_READ = "loan:read"
    POLICY_APPROVE = "policy:approve"
    POLICY_PROPOSE = "policy:propose"
    POLICY_READ = "policy:read"
    PRODUCT_READ = "product:read"
    RELATION_READ = "relation:read"
    STAFF_READ = "staff:read"
    STANDING_ORDER_READ = "standing_order:read"
    TRANSACTION_READ = "transaction:read"
    TRANSACTION_AMOUNT_READ = "transaction.amount:read"
