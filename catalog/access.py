"""Who may see and change what: the one room that decides. Every read of datasets and what is in them starts here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, false, or_, select, true, union

from catalog.audiences import EVERYBODY, SIGNED_IN, organization_audience, user_audience
from catalog.db import db
from catalog.errors import NotPermitted, NotSignedIn
from catalog.keeping import once_for_each
from catalog.model import Asset, Dataset, Organization, Role, Scope, Share, ShareRole, Version, Visibility
from catalog.settings import Register


class Ownership(StrEnum):
    """How a dataset reaches a viewer, in the words of the Apify dialect; the two are disjoint."""

    MINE = "ownedByMe"
    SHARED = "sharedWithMe"


class Reach(StrEnum):
    """Why a viewer sees a dataset; the first reason that holds."""

    OWN = "own"
    SHARED = "shared"
    ORGANIZATION = "organization"
    INTERNAL = "internal"
    PUBLIC = "public"


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Whoever asks: a visitor, a signed-in user, or a token that acts for one within its scope."""

    user_id: int | None = None
    handle: str | None = None
    title: str | None = None
    roles: Mapping[int, Role] = field(default_factory=dict)
    """The role in each organization that the user belongs to, by organization id."""
    is_admin: bool = False
    scope: Scope = Scope.READ
    token_id: int | None = None
    """The token by which the viewer came; None for a browser's session and for a visitor."""
    sees_public: bool = True
    opened: str | None = None
    """The public id of a dataset that a signed address opens to whoever bears it."""
    is_operator: bool = False
    """The command line of this machine, which answers to nobody."""

    @property
    def is_signed_in(self) -> bool:
        """Whether this is somebody."""
        return self.user_id is not None

    @property
    def organization_ids(self) -> tuple[int, ...]:
        """The organizations that the user belongs to, by id."""
        return tuple(sorted(self.roles))

    @property
    def principals(self) -> str:
        """Everything about the viewer that decides what is seen, as one text: equal texts see equal lists."""
        roles = ",".join(f"{key}={self.roles[key]}" for key in self.organization_ids)
        return f"{self.user_id}|{roles}|{self.sees_public}|{self.opened}"

    @property
    def may_write(self) -> bool:
        """Whether the credential allows writing at all."""
        return self.is_operator or (self.is_signed_in and self.scope is not Scope.READ)


VISITOR = Viewer()
STRANGER = Viewer(sees_public=False)
"""A visitor where visitors are shown nothing."""
OPERATOR = Viewer(is_operator=True, scope=Scope.ADMIN)


# What a viewer may see


@once_for_each
def visible_datasets(viewer: Viewer) -> Select[tuple[Dataset]]:
    """Every dataset that `viewer` may know of: public, internal, own, shared with them, of their organizations."""
    return select(Dataset).where(_is_visible(viewer))


@once_for_each
def visible_versions(viewer: Viewer) -> Select[tuple[Version]]:
    """Every version of the datasets that `viewer` may know of, joined to its dataset."""
    return select(Version).join(Version.dataset).where(_is_visible(viewer))


@once_for_each
def visible_assets(viewer: Viewer) -> Select[tuple[Asset]]:
    """Every asset of the datasets that `viewer` may know of, joined to its dataset."""
    return select(Asset).join(Asset.dataset).where(_is_visible(viewer))


@once_for_each
def listed_assets(viewer: Viewer) -> Select[tuple[int]]:
    """The ids of the assets of named datasets that `viewer` may see, put so that a database goes by an order of theirs.

    Joined to their datasets SQLite would begin with these, and put millions of assets in order for a page of them.
    """
    holders = visible_datasets(viewer).where(Dataset.id == Asset.dataset_id, Dataset.name.is_not(None))
    return select(Asset.id).where(holders.with_only_columns(Dataset.id).correlate(Asset).exists())


def visible_organizations(viewer: Viewer) -> Select[tuple[Organization]]:
    """Every organization for the signed-in, to whom none is a secret; for visitors those with something to see."""
    found = select(Organization)
    if viewer.is_signed_in or viewer.is_operator:
        return found
    return found.where(
        exists().where(Dataset.organization_id == Organization.id, _is_visible(viewer)).correlate(Organization)
    )


def withdrawn_datasets(viewer: Viewer) -> Select[tuple[Dataset]]:
    """The trash of `viewer`: withdrawn datasets that they may restore."""
    return select(Dataset).where(Dataset.deleted_at.is_not(None), _is_managed_by(viewer))


def known_datasets(viewer: Viewer) -> Select[tuple[Dataset]]:
    """Every dataset whose existence is no secret to `viewer`: visible, or in their trash; all for the operator."""
    if viewer.is_operator:
        return select(Dataset)
    withdrawn = and_(Dataset.deleted_at.is_not(None), _is_managed_by(viewer))
    return select(Dataset).where(or_(_is_visible(viewer), withdrawn))


@once_for_each
def _is_visible(viewer: Viewer) -> ColumnElement[bool]:
    opened = [Dataset.public_id == viewer.opened] if viewer.opened else []
    return and_(Dataset.deleted_at.is_(None), or_(is_open_to(viewer), reaches(viewer), *opened))


def is_open_to(viewer: Viewer) -> ColumnElement[bool]:
    """Datasets that their visibility alone opens to `viewer`."""
    return Dataset.visibility.in_(open_visibilities(viewer))


def open_visibilities(viewer: Viewer) -> tuple[Visibility, ...]:
    """The visibilities that open a dataset to `viewer`, whoever owns it."""
    if viewer.is_signed_in:
        return (Visibility.PUBLIC, Visibility.INTERNAL)
    return (Visibility.PUBLIC,) if viewer.sees_public else ()


def audience(viewer: Viewer) -> list[str] | None:
    """The names under which the index files what `viewer` may see; None where names cannot say it.

    It spares the database what it would refuse: what is shown is selected by `visible_datasets` all the same.
    """
    if viewer.is_operator or viewer.opened:
        return None
    # What is open to everybody bears the name of the signed-in too.
    names = [SIGNED_IN] if viewer.is_signed_in else [EVERYBODY] if viewer.sees_public else []
    if viewer.user_id is not None:
        names += [user_audience(viewer.user_id), *map(organization_audience, viewer.organization_ids)]
    return names


def reached_by_index(viewer: Viewer, *conditions: ColumnElement[bool]) -> CompoundSelect:
    """The ids of the named datasets that reach the signed-in `viewer` and meet `conditions`, each once.

    What `reaches` says, put as a database finds it fast: by who owns them, whose organization they are of, and whom
    they are shared with, each way by an index of its own.
    """
    is_wanted = (Dataset.deleted_at.is_(None), Dataset.name.is_not(None), *conditions)
    mine, ours = viewer.user_id, viewer.organization_ids
    shared = select(Dataset.id).join(Share, Share.dataset_id == Dataset.id)
    ways = [
        select(Dataset.id).where(Dataset.owner_id == mine),
        select(Dataset.id).where(Dataset.organization_id.in_(ours)),
        shared.where(Share.user_id == mine),
        shared.where(Share.organization_id.in_(ours)),
    ]
    return union(*(way.where(*is_wanted) for way in ways))


@once_for_each
def reaches(viewer: Viewer) -> ColumnElement[bool]:
    """Datasets that are the viewer's own, shared with them, or of an organization of theirs."""
    if viewer.is_operator:
        return true()
    if not viewer.is_signed_in:
        return false()
    return or_(owned_by(viewer), shared_with(viewer), Dataset.organization_id.in_(viewer.organization_ids))


def owned_by(viewer: Viewer) -> ColumnElement[bool]:
    """Datasets whose owner is the viewer."""
    return Dataset.owner_id == viewer.user_id if viewer.is_signed_in else false()


@once_for_each
def shared_with(viewer: Viewer) -> ColumnElement[bool]:
    """Datasets shared with the viewer, or with an organization of theirs.

    SQLite reads these once for all rows. PostgreSQL would reckon that with each row, and rather read whole tables.
    """
    if not viewer.is_signed_in:
        return false()
    receiver = or_(Share.user_id == viewer.user_id, Share.organization_id.in_(viewer.organization_ids))
    if db.engine.dialect.name == "postgresql":
        return select(Share.id).where(Share.dataset_id == Dataset.id, receiver).correlate(Dataset).exists()
    return Dataset.id.in_(select(Share.dataset_id).where(receiver))


def came_by(viewer: Viewer, ownership: Ownership | None) -> ColumnElement[bool]:
    """Datasets that reach the viewer in that way; None stands for both ways."""
    match ownership:
        case Ownership.MINE:
            return owned_by(viewer)
        case Ownership.SHARED:
            return and_(reaches(viewer), ~owned_by(viewer))
        case None:
            return reaches(viewer)


def published_by(viewer: Viewer, *conditions: ColumnElement[bool], is_own: bool) -> ColumnElement[bool]:
    """Named datasets of a publisher, whom `conditions` describe, that reach the signed-in viewer.

    All of them where it `is_own`, the viewer or an organization of theirs; else own and shared ones.
    """
    return and_(*conditions) if is_own else Dataset.id.in_(reached_by_index(viewer, *conditions))


def is_member(viewer: Viewer, organization_id: int) -> bool:
    """Whether the viewer belongs to the organization."""
    return organization_id in viewer.roles


# What a viewer may do

_EDITORS = (Role.EDITOR, Role.ADMIN)


def may_register(viewer: Viewer, policy: Register) -> bool:
    """Whether the viewer may register a dataset under the operator's `policy`."""
    if viewer.is_operator or not viewer.may_write:
        return viewer.is_operator
    match policy:
        case Register.EVERYONE:
            return True
        case Register.MANAGERS:
            return viewer.is_admin or any(role in _EDITORS for role in viewer.roles.values())
        case Register.ADMINS:
            return viewer.is_admin


def may_revise(viewer: Viewer, dataset: Dataset, share_role: ShareRole | None) -> bool:
    """Whether the viewer may revise `dataset` and what is in it; `share_role` is the strongest share they have."""
    if not viewer.may_write:
        return False
    return (
        may_manage(viewer, dataset)
        or share_role is ShareRole.EDITOR
        or viewer.roles.get(dataset.organization_id) in _EDITORS
    )


def may_manage(viewer: Viewer, dataset: Dataset) -> bool:
    """Whether the viewer may share, rename, withdraw, restore, transfer `dataset` or change its visibility."""
    if not viewer.may_write:
        return False
    return (
        viewer.is_operator
        or dataset.owner_id == viewer.user_id
        or viewer.roles.get(dataset.organization_id) is Role.ADMIN
    )


def may_admit(viewer: Viewer, organization_id: int) -> bool:
    """Whether the viewer may manage the members of an organization."""
    return viewer.is_operator or (viewer.may_write and viewer.roles.get(organization_id) is Role.ADMIN)


def share_role_of(viewer: Viewer, dataset_id: int) -> Select[tuple[ShareRole]]:
    """The roles of the shares by which one dataset reaches the viewer, strongest first."""
    receiver = or_(Share.user_id == viewer.user_id, Share.organization_id.in_(viewer.organization_ids))
    return select(Share.role).where(Share.dataset_id == dataset_id, receiver).order_by(Share.role)


def require(allowed: bool, viewer: Viewer) -> None:
    """Nothing when `allowed`; else NotSignedIn for a visitor and NotPermitted for anybody else."""
    if allowed:
        return
    raise NotPermitted() if viewer.is_signed_in else NotSignedIn()


def _is_managed_by(viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.is_signed_in:
        return false()
    administered = [key for key, role in viewer.roles.items() if role is Role.ADMIN]
    return or_(owned_by(viewer), Dataset.organization_id.in_(administered))
