"""sessions, downloads and kinds of tokens"""

import sqlalchemy as sa
from alembic import op

from catalog.db import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ORDERED = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("token", schema=None) as batch_op:
        kind = sa.Enum("personal", "session", "apikey", name="tokenkind", native_enum=False, length=20)
        batch_op.add_column(sa.Column("kind", kind, nullable=False, server_default="personal"))
        batch_op.add_column(sa.Column("details", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)

    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_used_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("session_names_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("session_key")),
        sa.UniqueConstraint("uuid", name=op.f("session_has_one_uuid")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index("session_by_user", ["user_id"], unique=False)

    op.create_table(
        "failure",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("failure_key")),
    )
    with op.batch_alter_table("failure", schema=None) as batch_op:
        batch_op.create_index("failure_by_age", ["last_at"], unique=False)

    op.create_table(
        "download",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("semver", _ORDERED, nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("file_size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("filename", sa.String(), nullable=True),
        sa.Column(
            "status",
            sa.Enum("ready", "preparing", "failed", name="downloadstatus", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("download_names_asset_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("download_names_dataset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("download_names_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("download_key")),
        sa.UniqueConstraint("uuid", name=op.f("download_has_one_uuid")),
    )
    with op.batch_alter_table("download", schema=None) as batch_op:
        batch_op.create_index("download_by_dataset", ["dataset_id", "id"], unique=False)
        batch_op.create_index("download_by_asset", ["asset_id"], unique=False)
