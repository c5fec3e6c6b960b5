"""The things of the catalog, as tables: columns, relations, small facts about themselves.

Relations never load by themselves (`raise_on_sql`): a list that forgets to fetch what it shows fails its test instead
of costing a query for each row.
"""

from catalog.model.asset import Asset, AssetStatus, Field
from catalog.model.dataset import Alias, Dataset, Listed, Tag, Visibility
from catalog.model.download import Download, DownloadStatus
from catalog.model.journal import Change, Generation
from catalog.model.party import Membership, Organization, Role, User
from catalog.model.session import Failure, Session
from catalog.model.share import Share, ShareRole
from catalog.model.source import SourceRecord
from catalog.model.token import Scope, Token, TokenKind
from catalog.model.version import TaskCategory, Version

__all__ = [
    "Alias",
    "Asset",
    "AssetStatus",
    "Change",
    "Dataset",
    "Download",
    "DownloadStatus",
    "Failure",
    "Field",
    "Generation",
    "Listed",
    "Membership",
    "Organization",
    "Role",
    "Scope",
    "Session",
    "Share",
    "ShareRole",
    "SourceRecord",
    "Tag",
    "TaskCategory",
    "Token",
    "TokenKind",
    "User",
    "Version",
    "Visibility",
]
