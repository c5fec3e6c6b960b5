"""how often a dataset was downloaded, kept with it so that lists sort by it"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_DOWNLOADED = "SELECT dataset_id FROM version WHERE download_count > 0"
_TOGETHER = "SELECT CAST(sum(version.download_count) AS BIGINT) FROM version WHERE version.dataset_id = dataset.id"


def upgrade() -> None:
    # A column is added to the table as it stands: making it anew would lose the triggers that keep `listed`.
    op.add_column("dataset", sa.Column("download_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.execute(f"UPDATE dataset SET download_count = ({_TOGETHER}) WHERE id IN ({_DOWNLOADED})")
    is_listed = sa.text("deleted_at IS NULL AND name IS NOT NULL")
    columns = ["download_count", "id", "visibility", "owner_id", "organization_id"]
    op.create_index(
        "dataset_listed_by_downloads", "dataset", columns, sqlite_where=is_listed, postgresql_where=is_listed
    )
