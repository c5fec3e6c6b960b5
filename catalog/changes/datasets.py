"""Datasets registered, revised, renamed, opened or closed, handed over, withdrawn and restored."""

from typing import Any

from sqlalchemy import delete, update

from catalog.access import Viewer, known_datasets, may_manage, may_register, may_revise, require, share_role_of
from catalog.changes.drafts import DatasetDraft
from catalog.changes.journal import last_edit, record, writing
from catalog.changes.naming import discreet_slug, free_names, holder_of, taken_slugs
from catalog.changes.revising import bring, finish, load_whole, names_of
from catalog.changes.settling import called, dataset_columns, found_by, settle
from catalog.changes.storing import Placed, store
from catalog.db import db
from catalog.errors import Fault, Invalid, NotFound, NotPermitted, Overtaken, Taken
from catalog.model import Alias, Dataset, Organization, Role, Share, SourceRecord, User, Visibility
from catalog.model.columns import new_public_id
from catalog.settings import Register
from catalog.vocabulary.slugs import is_slug, make_slug
from catalog.vocabulary.text import fold

_PUBLISHERS = (Role.EDITOR, Role.ADMIN)


def register(
    viewer: Viewer,
    draft: DatasetDraft,
    *,
    owner_id: int,
    organization_id: int | None = None,
    visibility: Visibility = Visibility.INTERNAL,
    is_unnamed: bool = False,
    policy: Register = Register.EVERYONE,
) -> Dataset:
    """A new dataset of `owner_id`; a slug that is taken gets a random ending. NotPermitted where `policy` says so."""
    settled = settle(draft)  # costly, so before the transaction
    with writing() as at:
        require(may_register(viewer, policy) and (viewer.is_operator or owner_id == viewer.user_id), viewer)
        _require_publisher(viewer, organization_id)
        public_id = new_public_id()
        slug = discreet_slug(make_slug(f"d_{public_id}".lower() if is_unnamed else draft.slug))
        name = None if is_unnamed else free_names(owner_id, [slug])[0]
        placed = Placed(
            dataset=settled if slug == draft.slug else called(settled, slug),
            slug=slug,
            name=name,
            owner_id=owner_id,
            organization_id=organization_id,
            visibility=visibility,
            public_id=public_id,
        )
        (dataset_id,) = store([placed], at)
        record(viewer, "register", dataset_id, {"slug": [None, slug], "visibility": [None, visibility.value]})
    return db.session.get_one(Dataset, dataset_id)


def revise(viewer: Viewer, dataset: Dataset, draft: DatasetDraft, *, seen: int | None = None) -> None:
    """Make `dataset` what `draft` says; its slug stays. NotPermitted for those who may not.

    `seen` is the number of the last edit that the caller knows of: Overtaken, and nothing is written, where there is a
    later one.
    """
    columns = dataset_columns(draft)  # costly, so before the transaction
    with writing() as at:
        held = _held(dataset)
        share_role = db.session.scalar(share_role_of(viewer, held.id)) if viewer.is_signed_in else None
        require(may_revise(viewer, held, share_role), viewer)
        if seen is not None and (last := last_edit(held.id)) is not None and last.seq > seen:
            raise Overtaken()
        (whole,) = load_whole([held.id])
        wanted = settle(draft, names=names_of(whole), columns=columns)
        if what := bring(whole, called(wanted, whole.slug), at):
            _mark_edited(held.id)
            record(viewer, "revise", held.id, what)
        finish([whole])


def set_visibility(viewer: Viewer, dataset: Dataset, visibility: Visibility) -> None:
    """Open or close `dataset`."""
    with writing() as at:
        held = _managed(viewer, dataset)
        if held.visibility is not visibility:
            record(viewer, "set visibility", held.id, {"visibility": [held.visibility.value, visibility.value]})
            held.visibility = visibility
            held.updated_at = at


def set_open(viewer: Viewer, dataset: Dataset, is_open: bool) -> Visibility:
    """Open `dataset` to everybody who is signed in, or close it; the visibility that it has now.

    One that is public stays so when it is opened: those who know only open and closed open nothing to anybody else.
    """
    with writing():
        held = _managed(viewer, dataset)
        if is_open is (held.visibility is Visibility.PRIVATE):
            set_visibility(viewer, held, Visibility.INTERNAL if is_open else Visibility.PRIVATE)
        return held.visibility


def rename(viewer: Viewer, dataset: Dataset, slug: str) -> str:
    """Give `dataset` another slug; the old one keeps leading to it. The slug that it has now.

    Invalid for no slug. Taken when a dataset that the viewer may know of has or had it; where another one does, the new
    slug gets a random ending.
    """
    with writing() as at:
        held = _managed(viewer, dataset)
        if slug == held.slug:
            return slug
        if not is_slug(slug):
            raise Invalid(
                faults=[
                    Fault(
                        ("slug",),
                        "A slug begins with a small letter, followed by at least two small letters, digits, _ or -.",
                        "slug",
                    )
                ]
            )
        slug = _slug_for(viewer, held, slug)
        if (alias := db.session.get(Alias, slug)) is not None:
            db.session.delete(alias)
        (whole,) = load_whole([held.id])
        db.session.add(Alias(slug=whole.slug, dataset_id=whole.id, created_at=at))
        what = {"slug": [whole.slug, slug]}
        if whole.name == whole.slug:
            what |= _call(whole, free_names(whole.owner_id, [slug])[0])
        record(viewer, "rename", whole.id, what)
        whole.slug = slug
        whole.updated_at = at
        for key, value in found_by(whole.title, slug, whole.subtitle, whole.overview).items():
            setattr(whole, key, value)
    return slug


def transfer(
    viewer: Viewer, dataset: Dataset, *, owner: User | None = None, organization: Organization | bool | None = False
) -> None:
    """Hand `dataset` to another owner, to another organization (None: to none), or both. What is not given stays."""
    with writing() as at:
        held = _managed(viewer, dataset)
        what: dict[str, Any] = {}
        if owner is not None and owner.id != held.owner_id:
            if owner.is_disabled:
                raise NotPermitted("A disabled account cannot own datasets.")
            what["owner_id"] = [held.owner_id, owner.id]
            if held.name is not None:
                what |= _call(held, free_names(owner.id, [held.name])[0])
            held.owner_id = owner.id
            db.session.execute(delete(Share).where(Share.dataset_id == held.id, Share.user_id == owner.id))
        if organization is not False:
            organization_id = organization.id if organization else None
            if organization_id != held.organization_id:
                _require_publisher(viewer, organization_id)
                what["organization_id"] = [held.organization_id, organization_id]
                held.organization_id = organization_id
        if what:
            held.updated_at = at
            record(viewer, "transfer", held.id, what)


def withdraw(viewer: Viewer, dataset: Dataset) -> None:
    """Put `dataset` into the trash: nobody sees it until it is restored."""
    with writing() as at:
        held = _managed(viewer, dataset)
        if held.deleted_at is None:
            held.deleted_at = at
            record(viewer, "withdraw", held.id)


def restore(viewer: Viewer, dataset: Dataset) -> None:
    """Take `dataset` out of the trash."""
    with writing() as at:
        held = _managed(viewer, dataset)
        if held.deleted_at is not None:
            held.deleted_at = None
            held.updated_at = at
            record(viewer, "restore", held.id)


def _slug_for(viewer: Viewer, dataset: Dataset, slug: str) -> str:
    """`slug` where no other dataset has or had it; with an ending where that one is hidden from the viewer."""
    other = holder_of(slug)
    if other == dataset.id or not taken_slugs([slug]):
        return slug
    if other is not None and db.session.scalar(known_datasets(viewer).where(Dataset.id == other)) is not None:
        raise Taken(f"The slug “{slug}” is taken.")
    return discreet_slug(slug)


def _held(dataset: Dataset) -> Dataset:
    held = db.session.get(Dataset, dataset.id, populate_existing=True)
    if held is None:
        raise NotFound()
    return held


def _managed(viewer: Viewer, dataset: Dataset) -> Dataset:
    held = _held(dataset)
    require(may_manage(viewer, held), viewer)
    return held


def _call(dataset: Dataset, name: str) -> dict[str, Any]:
    """Give `dataset` another name as a storage; what changed."""
    old, dataset.name, dataset.name_folded = dataset.name, name, fold(name)
    return {"name": [old, name]} if name != old else {}


def _require_publisher(viewer: Viewer, organization_id: int | None) -> None:
    """Datasets are put into an organization by its editors and admins."""
    if organization_id is not None and not viewer.is_operator:
        require(viewer.roles.get(organization_id) in _PUBLISHERS, viewer)


def _mark_edited(dataset_id: int) -> None:
    db.session.execute(update(SourceRecord).where(SourceRecord.dataset_id == dataset_id).values(is_edited=True))
