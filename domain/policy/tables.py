"""Versions of the policy and their lines. A version's lines never change; its state does."""

import sqlalchemy as sa

from domain.policy.model import PolicyLineKind, PolicyState, Reach
from domain.shared.columns import c1, choice, metadata, node, reference

policy_version = sa.Table(
    "policy_version",
    metadata,
    *node(sourced=False),
    c1("policy_number", sa.Integer, unique=True),
    choice("state", PolicyState),
    c1("reason", sa.Text),
    # The version in force that the change was made from; null for the first one, which nobody proposed.
    reference("base_id", "policy_version", nullable=True),
    reference("proposed_by_id", "staff", nullable=True),
    reference("decided_by_id", "staff", nullable=True),
    c1("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
    sa.CheckConstraint("proposed_by_id <> decided_by_id", name="second_person"),
    sa.Index(None, "state", unique=True, postgresql_where=sa.text("state = 'ACTIVE'")),
    sa.Index(None, "base_id"),
    sa.Index(None, "proposed_by_id"),
    sa.Index(None, "decided_by_id"),
)

WORDS = """CASE kind
    WHEN 'GRANT' THEN num_nonnulls(permission, reach) = 2 AND num_nulls(other_role, smallest_cell) = 2
    WHEN 'DENY' THEN permission IS NOT NULL AND num_nulls(reach, other_role, smallest_cell) = 3
    WHEN 'CELL' THEN smallest_cell > 1 AND num_nulls(permission, reach, other_role) = 3
    ELSE other_role IS NOT NULL AND num_nulls(permission, reach, smallest_cell) = 3
END"""
"""Which words each kind of line has."""

policy_line = sa.Table(
    "policy_line",
    metadata,
    c1("id", sa.BigInteger, sa.Identity(always=False), primary_key=True),
    reference("policy_version_id", "policy_version"),
    choice("kind", PolicyLineKind),
    c1("role", sa.Text),
    c1("permission", sa.Text, nullable=True),
    choice("reach", Reach, nullable=True),
    c1("other_role", sa.Text, nullable=True),
    c1("smallest_cell", sa.Integer, nullable=True),
    sa.CheckConstraint(WORDS, name="words"),
    sa.Index(None, "policy_version_id", "id"),
)
