"""Working calendars, the days that differ, and which branches keep them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_26_working_calendar"
down_revision = "2026_11_26_search"
branch_labels = None
depends_on = None

TABLES = ("working_calendar", "calendar_day")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WRITTEN = "^([0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]( |$))*$"


def upgrade() -> None:
    """A bank that is there already works from Monday to Friday; what it had promised stays."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "working_calendar",
        *_node(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort_key", sa.Text(collation="C"), nullable=False),
        sa.Column("is_bank_wide", sa.Boolean(), server_default=sa.false(), nullable=False),
        *(_hours(weekday) for weekday in WEEKDAYS),
        sa.CheckConstraint(
            "cardinality(monday || tuesday || wednesday || thursday || friday || saturday || sunday) > 0",
            name=op.f("working_calendar_week_check"),
        ),
        *(_written("working_calendar", weekday) for weekday in WEEKDAYS),
        sa.PrimaryKeyConstraint("id", name=op.f("working_calendar_pkey")),
        sa.UniqueConstraint("source", "source_key", name=op.f("working_calendar_source_source_key_key")),
        schema="ketu",
    )
    op.create_index(
        "working_calendar_bank_idx",
        "working_calendar",
        ["is_bank_wide"],
        unique=True,
        schema="ketu",
        postgresql_where=sa.text("is_bank_wide"),
    )
    op.create_index(
        op.f("working_calendar_name_sort_key_id_idx"), "working_calendar", ["name_sort_key", "id"], schema="ketu"
    )
    op.create_table(
        "calendar_day",
        *_node(),
        sa.Column("working_calendar_id", sa.BigInteger(), nullable=False),
        sa.Column("falls_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        _hours("hours"),
        sa.CheckConstraint("kind IN ('HOLIDAY', 'WORKING_DAY')", name=op.f("calendar_day_kind_check")),
        sa.CheckConstraint("hours = '{}' OR kind = 'WORKING_DAY'", name=op.f("calendar_day_holiday_check")),
        _written("calendar_day", "hours"),
        sa.ForeignKeyConstraint(
            ["working_calendar_id"], ["ketu.working_calendar.id"], name=op.f("calendar_day_working_calendar_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("calendar_day_pkey")),
        sa.UniqueConstraint(
            "working_calendar_id", "falls_on", name=op.f("calendar_day_working_calendar_id_falls_on_key")
        ),
        sa.UniqueConstraint("source", "source_key", name=op.f("calendar_day_source_source_key_key")),
        schema="ketu",
    )
    op.create_index(op.f("calendar_day_falls_on_id_idx"), "calendar_day", ["falls_on", "id"], schema="ketu")
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER count_version BEFORE UPDATE ON ketu.{table} FOR EACH ROW "
            "WHEN (NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION ketu.count_version()"
        )
    op.add_column("branch", sa.Column("working_calendar_id", sa.BigInteger(), nullable=True), schema="ketu")
    op.create_foreign_key(
        op.f("branch_working_calendar_id_fkey"),
        "branch",
        "working_calendar",
        ["working_calendar_id"],
        ["id"],
        source_schema="ketu",
        referent_schema="ketu",
    )
    op.create_index(op.f("branch_working_calendar_id_idx"), "branch", ["working_calendar_id"], schema="ketu")
    op.execute("ALTER TABLE ketu.branch_history ADD working_calendar_id bigint")
    op.execute(
        """
        INSERT INTO ketu.working_calendar (name, name_sort_key, is_bank_wide, monday, tuesday, wednesday, thursday,
                                           friday)
        SELECT '标准工作日历', 'biao zhun gong zuo ri li', true, hours, hours, hours, hours, hours
        FROM ketu.bank, (VALUES (ARRAY['09:00-17:30'])) AS office (hours)
        """
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("ALTER TABLE ketu.branch_history DROP working_calendar_id")
    op.drop_column("branch", "working_calendar_id", schema="ketu")
    for table in reversed(TABLES):
        op.drop_table(table, schema="ketu")


def _node() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("as_of_date", sa.Date(), nullable=True),
    ]


def _hours(name: str) -> sa.Column[object]:
    return sa.Column(name, postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)


def _written(table: str, column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"array_to_string({column}, ' ') ~ '{WRITTEN}'", name=op.f(f"{table}_{column}_check"))
