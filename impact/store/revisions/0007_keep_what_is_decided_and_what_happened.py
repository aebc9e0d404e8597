"""keep partners, programmes, scenarios, how plans stand, and what happened then.

What was decided or delivered is never deleted, and what only grows is never changed: the database refuses.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEPT = (
    "snapshots",
    "plans",
    "programmes",
    "programme_versions",
    "scenarios",
    "scenario_imports",
    "plan_standings",
    "approvals",
    "deliveries",
    "events",
)
WRITTEN_ONCE = ("programme_versions", "scenario_imports", "approvals", "deliveries", "events")


def upgrade() -> None:
    make_tables()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION kept_for_good() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'what is kept in % is kept for good', TG_TABLE_NAME; END $$"
        )
    for table in KEPT:
        keep(table, "delete")
    for table in WRITTEN_ONCE:
        keep(table, "update")


def keep(table: str, against: str) -> None:
    """Refuse to delete from a table, or to update it."""
    trigger = f"CREATE TRIGGER {table}_no_{against} BEFORE {against.upper()} ON {table} "
    if op.get_bind().dialect.name == "postgresql":
        op.execute(trigger + "FOR EACH ROW EXECUTE FUNCTION kept_for_good()")
    else:
        op.execute(trigger + f"BEGIN SELECT RAISE(ABORT, 'what is kept in {table} is kept for good'); END")


def make_tables() -> None:
    op.create_table(
        "deliveries",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("placement_id", sa.Text(), nullable=False),
        sa.Column("exposure", sa.Float(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "delivery_id", name=op.f("pk_deliveries")),
    )
    op.create_index("ix_deliveries_delivery_id", "deliveries", ["delivery_id"], unique=False)
    op.create_index(
        "ix_deliveries_plan_id", "deliveries", ["plan_id", "product_id", "placement_id"], unique=False
    )
    op.create_table(
        "events",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("placement_id", sa.Text(), nullable=True),
        sa.Column("plan_id", sa.Text(), nullable=True),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "event_id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_event_id", "events", ["event_id"], unique=False)
    op.create_index("ix_events_plan_id", "events", ["plan_id", "day"], unique=False)
    op.create_index("ix_events_product_id", "events", ["product_id", "day"], unique=False)
    op.create_table(
        "partners",
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("partner_id", name=op.f("pk_partners")),
    )
    op.create_table(
        "programmes",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_programmes")),
    )
    op.create_table(
        "partner_contacts",
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.partner_id"], name=op.f("fk_partner_contacts_partner_id")
        ),
        sa.PrimaryKeyConstraint("partner_id", name=op.f("pk_partner_contacts")),
    )
    op.create_table(
        "programme_versions",
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.programme_id"], name=op.f("fk_programme_versions_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "version", name=op.f("pk_programme_versions")),
    )
    op.create_table(
        "approvals",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_approvals_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_approvals")),
    )
    op.create_table(
        "scenarios",
        sa.Column("scenario_id", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("programme_version", sa.Integer(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("catalog", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["catalog"], ["snapshots.sha256"], name=op.f("fk_scenarios_catalog")),
        sa.ForeignKeyConstraint(["parent"], ["scenarios.scenario_id"], name=op.f("fk_scenarios_parent")),
        sa.ForeignKeyConstraint(["published"], ["plans.plan_id"], name=op.f("fk_scenarios_published")),
        sa.PrimaryKeyConstraint("scenario_id", name=op.f("pk_scenarios")),
    )
    op.create_index("ix_scenarios_programme_id", "scenarios", ["programme_id", "scenario_id"], unique=False)
    op.create_table(
        "plan_standings",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("scenario_id", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.plan_id"], name=op.f("fk_plan_standings_plan_id")),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenarios.scenario_id"], name=op.f("fk_plan_standings_scenario_id")
        ),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_standings")),
    )
    op.create_index(
        "ix_plan_standings_programme_id", "plan_standings", ["programme_id", "period"], unique=False
    )
    op.create_index("ix_plan_standings_scenario_id", "plan_standings", ["scenario_id"], unique=False)
    op.create_index("uq_plan_standings_mark", "plan_standings", ["mark"], unique=True)
    op.create_index(
        "uq_plan_standings_published",
        "plan_standings",
        ["programme_id", "period"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "scenario_imports",
        sa.Column("scenario_id", sa.Text(), nullable=False),
        sa.Column("import_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.import_id"], name=op.f("fk_scenario_imports_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["scenario_id"], ["scenarios.scenario_id"], name=op.f("fk_scenario_imports_scenario_id")
        ),
        sa.PrimaryKeyConstraint("scenario_id", "import_id", name=op.f("pk_scenario_imports")),
    )
    op.create_index("ix_scenario_imports_import_id", "scenario_imports", ["import_id"], unique=False)
