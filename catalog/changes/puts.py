"""Records from elsewhere that are to be put into the store, where they go, and what can become of them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from catalog.changes.drafts import DatasetDraft
from catalog.changes.settling import SettledDataset, settle
from catalog.model import Visibility


class Outcome(StrEnum):
    """What became of a record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    EDITED = "edited here"


@dataclass(frozen=True, kw_only=True, eq=False)
class Put:
    """A record to put: where it is from, a fingerprint of all that it says, and what it says."""

    source: str
    native_id: str | None
    path: str | None
    fingerprint: bytes
    draft: DatasetDraft
    organization: str | None = None
    """The title of the organization that it names."""

    @cached_property
    def settled(self) -> SettledDataset:
        """The draft as rows. Costly: `prepare` asks for it before any transaction waits."""
        return settle(self.draft)

    @property
    def is_settled(self) -> bool:
        """Whether that was done already."""
        return "settled" in vars(self)

    @property
    def key(self) -> tuple[str, ...]:
        """What the record is known by: its source's id, else its slug."""
        return (self.source, self.native_id) if self.native_id is not None else (self.draft.slug,)

    @property
    def why_not_again(self) -> str:
        """Why it is refused where an earlier record of the same run has its slug."""
        return f"an earlier record of this import is called “{self.draft.slug}”, and this one has no id of its own"


@dataclass(frozen=True, kw_only=True)
class Placing:
    """Where new datasets go. With `is_by_record` each goes to the organization that its record names."""

    owner_id: int
    organization_id: int | None = None
    visibility: Visibility = Visibility.INTERNAL
    is_by_record: bool = False
    with_overwrite: bool = False
