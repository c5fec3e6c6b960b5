"""whom changes touched, by which answers are known to be right still; and orders of versions"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "generation",
        sa.Column("audience", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("audience", name=op.f("generation_key")),
    )
    op.create_index("version_by_freshness", "version", ["updated_at", "id"])
    for name in ("row_count", "file_size_bytes"):
        is_stated = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"version_by_{name}", "version", [name, "id"], sqlite_where=is_stated, postgresql_where=is_stated
        )
