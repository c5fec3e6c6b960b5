"""sessions end by their rows"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: on SQLite that would make the table anew, and dropping the old one would take all that names it.
    op.drop_column("user", "session_version")
