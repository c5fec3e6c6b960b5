"""the first tables"""

import sqlalchemy as sa
from alembic import op

from catalog.db import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("what", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("change_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("change_by_dataset", ["dataset_id", "seq"], unique=False)

    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("folded", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("extra", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("organization_key")),
        sa.UniqueConstraint("key", name=op.f("organization_has_one_key")),
        sa.UniqueConstraint("uuid", name=op.f("organization_has_one_uuid")),
    )
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.create_index("organization_by_folded", ["folded"], unique=False)

    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column(
            "public_id",
            sa.String(length=17).with_variant(sa.String(length=17, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("handle", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("folded", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("email_folded", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("user_key")),
        sa.UniqueConstraint("email_folded", name=op.f("user_has_one_email_folded")),
        sa.UniqueConstraint("handle", name=op.f("user_has_one_handle")),
        sa.UniqueConstraint("public_id", name=op.f("user_has_one_public_id")),
        sa.UniqueConstraint("uuid", name=op.f("user_has_one_uuid")),
    )
    op.create_table(
        "dataset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column(
            "public_id",
            sa.String(length=17).with_variant(sa.String(length=17, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("slug", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("name_folded", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column(
            "visibility",
            sa.Enum("public", "internal", "private", name="visibility", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("title_folded", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("subtitle", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("summary_folded", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("license_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("license", sa.Text(), nullable=True),
        sa.Column("is_downloadable", sa.Boolean(), nullable=False),
        sa.Column("spatial_resolution", sa.Double(), nullable=True),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("issued_text", sa.String(), nullable=True),
        sa.Column("issued_on", Moment(), nullable=True),
        sa.Column("data_updated_text", sa.String(), nullable=True),
        sa.Column("data_updated_at", Moment(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Column("accessed_at", Moment(), nullable=False),
        sa.Column("deleted_at", Moment(), nullable=True),
        sa.Column("item_count", sa.BigInteger(), nullable=False),
        sa.Column("clean_item_count", sa.BigInteger(), nullable=False),
        sa.Column("act_id", sa.String(), nullable=True),
        sa.Column("act_run_id", sa.String(), nullable=True),
        sa.Column("found_in", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("data_language", sa.Text(), nullable=True),
        sa.Column("overview", sa.Text(), nullable=True),
        sa.Column("citation", sa.Text(), nullable=True),
        sa.Column("cautions", sa.Text(), nullable=True),
        sa.Column("key_restrictions", sa.Text(), nullable=True),
        sa.Column("function", sa.Text(), nullable=True),
        sa.Column("why_added", sa.Text(), nullable=True),
        sa.Column("learn_more", sa.Text(), nullable=True),
        sa.Column("geographic_coverage", sa.Text(), nullable=True),
        sa.Column("update_frequency", sa.Text(), nullable=True),
        sa.Column("scale", sa.Text(), nullable=True),
        sa.Column("resolution_description", sa.Text(), nullable=True),
        sa.Column("overview_html", sa.Text(), nullable=True),
        sa.Column("cautions_html", sa.Text(), nullable=True),
        sa.Column("license_html", sa.Text(), nullable=True),
        sa.Column("citation_html", sa.Text(), nullable=True),
        sa.Column("source_html", sa.Text(), nullable=True),
        sa.Column("learn_more_html", sa.Text(), nullable=True),
        sa.Column("extra", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("dataset_names_organization_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("dataset_names_owner_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("dataset_key")),
        sa.UniqueConstraint("owner_id", "name_folded", name=op.f("dataset_has_one_owner_id_name_folded")),
        sa.UniqueConstraint("public_id", name=op.f("dataset_has_one_public_id")),
        sa.UniqueConstraint("slug", name=op.f("dataset_has_one_slug")),
        sa.UniqueConstraint("uuid", name=op.f("dataset_has_one_uuid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("dataset", schema=None) as batch_op:
        batch_op.create_index("dataset_by_age", ["created_at", "id"], unique=False)
        batch_op.create_index("dataset_by_freshness", ["data_updated_at", "id"], unique=False)
        batch_op.create_index("dataset_by_items", ["item_count", "id"], unique=False)
        batch_op.create_index("dataset_by_license", ["license_id"], unique=False)
        batch_op.create_index("dataset_by_organization", ["organization_id", "slug"], unique=False)
        batch_op.create_index("dataset_by_owner", ["owner_id", "created_at", "id"], unique=False)
        batch_op.create_index("dataset_by_title", ["title_folded", "id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "role", sa.Enum("viewer", "editor", "admin", name="role", native_enum=False, length=20), nullable=False
        ),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("membership_names_organization_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("membership_names_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("membership_key")),
        sa.UniqueConstraint("organization_id", "user_id", name=op.f("membership_has_one_organization_id_user_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("membership_by_user", ["user_id"], unique=False)

    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("beginning", sa.String(), nullable=False),
        sa.Column(
            "scope", sa.Enum("read", "write", "admin", name="scope", native_enum=False, length=20), nullable=False
        ),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.Column("last_used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("token_names_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("token_key")),
        sa.UniqueConstraint("secret_hash", name=op.f("token_has_one_secret_hash")),
        sa.UniqueConstraint("uuid", name=op.f("token_has_one_uuid")),
    )
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.create_index("token_by_user", ["user_id"], unique=False)

    op.create_table(
        "alias",
        sa.Column("slug", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("alias_names_dataset_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("alias_key")),
    )
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Enum("viewer", "editor", name="sharerole", native_enum=False, length=20), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(user_id IS NULL) <> (organization_id IS NULL)", name=op.f("share_keeps_one_receiver")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("share_names_created_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("share_names_dataset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("share_names_organization_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("share_names_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("share_key")),
        sa.UniqueConstraint("dataset_id", "organization_id", name=op.f("share_has_one_dataset_id_organization_id")),
        sa.UniqueConstraint("dataset_id", "user_id", name=op.f("share_has_one_dataset_id_user_id")),
    )
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.create_index("share_by_organization", ["organization_id", "dataset_id"], unique=False)
        batch_op.create_index("share_by_user", ["user_id", "dataset_id"], unique=False)

    op.create_table(
        "source_record",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("native_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("asked", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("path", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("imported_at", Moment(), nullable=False),
        sa.Column("is_edited", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("source_record_names_dataset_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dataset_id", name=op.f("source_record_key")),
    )
    with op.batch_alter_table("source_record", schema=None) as batch_op:
        batch_op.create_index("source_record_by_source_native_id", ["source", "native_id", "asked"], unique=False)

    op.create_table(
        "tag",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["dataset_id"], ["dataset.id"], name=op.f("tag_names_dataset_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("dataset_id", "position", name=op.f("tag_key")),
    )
    with op.batch_alter_table("tag", schema=None) as batch_op:
        batch_op.create_index("tag_by_name", ["name", "dataset_id"], unique=False)

    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("gfw", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("semver", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("semver_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        sa.Column("is_mutable", sa.Boolean(), nullable=False),
        sa.Column("is_downloadable", sa.Boolean(), nullable=False),
        sa.Column(
            "status", sa.Enum("saved", "pending", "failed", name="status", native_enum=False, length=20), nullable=False
        ),
        sa.Column("format", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("row_count", sa.BigInteger(), nullable=True),
        sa.Column("file_size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("download_count", sa.BigInteger(), nullable=False),
        sa.Column("size_category", sa.String(), nullable=True),
        sa.Column("content_date", sa.Date(), nullable=True),
        sa.Column("content_start", sa.Date(), nullable=True),
        sa.Column("content_end", sa.Date(), nullable=True),
        sa.Column("content_date_description", sa.Text(), nullable=True),
        sa.Column("last_update", sa.Date(), nullable=True),
        sa.Column("metadata_uuid", sa.Uuid(), nullable=False),
        sa.Column("metadata", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("metadata_created_at", Moment(), nullable=False),
        sa.Column("metadata_updated_at", Moment(), nullable=False),
        sa.Column("origin", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("language", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("splits", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("version_names_dataset_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("version_key")),
        sa.UniqueConstraint("dataset_id", "gfw", name=op.f("version_has_one_dataset_id_gfw")),
        sa.UniqueConstraint("dataset_id", "semver", name=op.f("version_has_one_dataset_id_semver")),
        sa.UniqueConstraint("metadata_uuid", name=op.f("version_has_one_metadata_uuid")),
        sa.UniqueConstraint("uuid", name=op.f("version_has_one_uuid")),
    )
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.create_index("version_by_age", ["created_at", "id"], unique=False)
        batch_op.create_index("version_by_order", ["dataset_id", "semver_key", "id"], unique=False)

    op.create_table(
        "asset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("gfw_type", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("is_gfw_known", sa.Boolean(), nullable=False),
        sa.Column("format", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("uri", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("title_folded", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column(
            "status", sa.Enum("saved", "pending", "failed", name="status", native_enum=False, length=20), nullable=False
        ),
        sa.Column("is_managed", sa.Boolean(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("is_downloadable", sa.Boolean(), nullable=False),
        sa.Column("metadata_uuid", sa.Uuid(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("found_in", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("metadata", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("asset_names_dataset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("asset_names_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("asset_key")),
        sa.UniqueConstraint("metadata_uuid", name=op.f("asset_has_one_metadata_uuid")),
        sa.UniqueConstraint("uuid", name=op.f("asset_has_one_uuid")),
    )
    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.create_index("asset_by_age", ["created_at", "id"], unique=False)
        batch_op.create_index("asset_by_dataset", ["dataset_id", "id"], unique=False)
        batch_op.create_index("asset_by_format", ["format", "dataset_id"], unique=False)
        batch_op.create_index("asset_by_freshness", ["updated_at", "id"], unique=False)
        batch_op.create_index("asset_by_type", ["gfw_type", "dataset_id"], unique=False)
        batch_op.create_index("asset_by_version", ["version_id", "id"], unique=False)

    op.create_table(
        "task_category",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("task_category_names_version_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("task_category_key")),
    )
    with op.batch_alter_table("task_category", schema=None) as batch_op:
        batch_op.create_index("task_category_by_name", ["name", "version_id"], unique=False)

    op.create_table(
        "field",
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("data_type", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("is_feature_info", sa.Boolean(), nullable=False),
        sa.Column("is_filter", sa.Boolean(), nullable=False),
        sa.Column("extra", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["asset_id"], ["asset.id"], name=op.f("field_names_asset_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("asset_id", "position", name=op.f("field_key")),
    )


def downgrade() -> None:
    op.drop_table("field")
    with op.batch_alter_table("task_category", schema=None) as batch_op:
        batch_op.drop_index("task_category_by_name")

    op.drop_table("task_category")
    with op.batch_alter_table("asset", schema=None) as batch_op:
        batch_op.drop_index("asset_by_version")
        batch_op.drop_index("asset_by_type")
        batch_op.drop_index("asset_by_freshness")
        batch_op.drop_index("asset_by_format")
        batch_op.drop_index("asset_by_dataset")
        batch_op.drop_index("asset_by_age")

    op.drop_table("asset")
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.drop_index("version_by_order")
        batch_op.drop_index("version_by_age")

    op.drop_table("version")
    with op.batch_alter_table("tag", schema=None) as batch_op:
        batch_op.drop_index("tag_by_name")

    op.drop_table("tag")
    with op.batch_alter_table("source_record", schema=None) as batch_op:
        batch_op.drop_index("source_record_by_source_native_id")

    op.drop_table("source_record")
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_index("share_by_user")
        batch_op.drop_index("share_by_organization")

    op.drop_table("share")
    op.drop_table("alias")
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.drop_index("token_by_user")

    op.drop_table("token")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index("membership_by_user")

    op.drop_table("membership")
    with op.batch_alter_table("dataset", schema=None) as batch_op:
        batch_op.drop_index("dataset_by_title")
        batch_op.drop_index("dataset_by_owner")
        batch_op.drop_index("dataset_by_organization")
        batch_op.drop_index("dataset_by_license")
        batch_op.drop_index("dataset_by_items")
        batch_op.drop_index("dataset_by_freshness")
        batch_op.drop_index("dataset_by_age")

    op.drop_table("dataset")
    op.drop_table("user")
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_index("organization_by_folded")

    op.drop_table("organization")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("change_by_dataset")

    op.drop_table("change")
