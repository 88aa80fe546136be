"""Drafting with a model: how a revision was made, and what was learned about an endpoint."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the record of a draft's making and the table of endpoints."""
    op.add_column("revisions", sa.Column("record_json", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "endpoints",
        sa.Column("address", sa.String, primary_key=True),
        sa.Column("model", sa.String, primary_key=True),
        sa.Column("method", sa.String, nullable=False),
        sa.Column("learned_at", sa.String, nullable=False),
    )
