"""lists of a million datasets: orders that hold what decides, and totals that are kept"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_IS_LISTED = "deleted_at IS NULL AND name IS NOT NULL"
_DECIDING = ["visibility", "owner_id", "organization_id"]
_INDEXES = {
    "dataset_listed_by_age": ["created_at", "id", *_DECIDING],
    "dataset_listed_by_freshness": ["data_updated_at", "id", *_DECIDING],
    "dataset_listed_by_title": ["title_folded", "id", *_DECIDING],
    "dataset_listed_by_slug": ["slug", "id", *_DECIDING],
    "dataset_listed_by_items": ["item_count", "id", *_DECIDING],
    "dataset_listed_of_owner": ["owner_id", "visibility", "organization_id", "id"],
    "dataset_listed_of_organization": ["organization_id", "visibility", "id"],
}
_REPLACED = ("dataset_by_age", "dataset_by_title", "dataset_by_freshness", "dataset_by_items")
_COUNTED = "UPDATE listed SET number = number {by} WHERE visibility = {row}.visibility"
_OF_ROW = "{row}.deleted_at IS NULL AND {row}.name IS NOT NULL"
# Whatever makes the table of datasets anew has to make these anew with it.
_ON_SQLITE = {
    "listed_added": ("INSERT", [("NEW", "+ 1")]),
    "listed_removed": ("DELETE", [("OLD", "- 1")]),
    "listed_changed": ("UPDATE OF visibility, deleted_at, name", [("OLD", "- 1"), ("NEW", "+ 1")]),
}
# By statement, not by row: an import adds a thousand at once, and each would make the same row anew.
_ON_POSTGRESQL = f"""
CREATE FUNCTION listed_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE listed SET number = listed.number - gone.number
        FROM (SELECT visibility, count(*) AS number FROM before WHERE {_IS_LISTED} GROUP BY visibility) AS gone
        WHERE listed.visibility = gone.visibility;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE listed SET number = listed.number + come.number
        FROM (SELECT visibility, count(*) AS number FROM after WHERE {_IS_LISTED} GROUP BY visibility) AS come
        WHERE listed.visibility = come.visibility;
    END IF;
    RETURN NULL;
END
$$
"""
_EVENTS = {
    "listed_added": ("INSERT", "NEW TABLE AS after"),
    "listed_removed": ("DELETE", "OLD TABLE AS before"),
    "listed_changed": ("UPDATE", "OLD TABLE AS before NEW TABLE AS after"),
}


def upgrade() -> None:
    where = sa.text(_IS_LISTED)
    for name in _REPLACED:
        op.drop_index(name, table_name="dataset")
    for name, columns in _INDEXES.items():
        op.create_index(name, "dataset", columns, sqlite_where=where, postgresql_where=where)
    visibility = sa.Enum("public", "internal", "private", name="visibility", native_enum=False, length=20)
    op.create_table(
        "listed",
        sa.Column("visibility", visibility, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("visibility", name=op.f("listed_key")),
    )
    for word in ("public", "internal", "private"):
        counted = f"SELECT '{word}', count(*) FROM dataset WHERE visibility = '{word}' AND {_IS_LISTED}"
        op.execute(f"INSERT INTO listed (visibility, number) {counted}")
    if op.get_bind().dialect.name == "sqlite":
        for name, (event, rows) in _ON_SQLITE.items():
            steps = "; ".join(f"{_COUNTED.format(by=by, row=row)} AND {_OF_ROW.format(row=row)}" for row, by in rows)
            op.execute(f"CREATE TRIGGER {name} AFTER {event} ON dataset BEGIN {steps}; END")
    else:
        op.execute(_ON_POSTGRESQL)
        for name, (event, tables) in _EVENTS.items():
            op.execute(
                f"CREATE TRIGGER {name} AFTER {event} ON dataset REFERENCING {tables} "
                "FOR EACH STATEMENT EXECUTE FUNCTION listed_keep()"
            )
