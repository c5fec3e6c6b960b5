"""One dataset, and one user, by what the Apify dialect calls them: an id, a username, an owner and a name."""

from sqlalchemy import ColumnElement, and_, or_, select

from catalog.access import OPERATOR, Viewer, may_revise, owned_by, share_role_of, visible_datasets
from catalog.db import db
from catalog.errors import NotFound, NotSignedIn
from catalog.listing.datasets import Parts
from catalog.model import Dataset, User
from catalog.vocabulary.text import fold

# Stands between an owner and the name of a dataset of theirs, and for one's own before the name alone.
_MARK = "~"
# What one is called by oneself among users.
_ME = "me"


def get_storage(viewer: Viewer, name: str) -> Dataset:
    """The dataset that `name` means, with its latest version in brief, if `viewer` may see it; else NotFound.

    It is a public id, `username~name`, `userId~name`, or `~name` for the viewer's own. Names and usernames are the
    same in any case; a name alone means nothing.
    """
    found = visible_datasets(viewer).where(_is_called(viewer, name)).options(*Parts.CARD.value)
    dataset = db.session.scalar(found)
    if dataset is None:
        raise NotFound("There is no such dataset.")
    return dataset


def public_id_of(name: str) -> str | None:
    """The public id of the dataset that `name` means, whoever may see it; None where there is none.

    Only for holding a signature against it, which is made over the id and opens the dataset to whoever bears it.
    """
    return db.session.scalar(
        visible_datasets(OPERATOR).where(_is_called(OPERATOR, name)).with_only_columns(Dataset.public_id)
    )


def is_revised_by(viewer: Viewer, dataset: Dataset) -> bool:
    """Whether `viewer` may revise `dataset`."""
    return viewer.may_write and may_revise(viewer, dataset, db.session.scalar(share_role_of(viewer, dataset.id)))


def get_account(viewer: Viewer, name: str) -> User:
    """The user whose public id or handle is `name`, `me` being the viewer; for the signed-in, else NotSignedIn."""
    if not viewer.is_signed_in:
        raise NotSignedIn()
    if name == _ME:
        return db.session.get_one(User, viewer.user_id)
    user = db.session.scalar(_accounts(name, User))
    if user is None:
        raise NotFound("There is no such user.")
    return user


def _is_called(viewer: Viewer, name: str) -> ColumnElement[bool]:
    owner, mark, own_name = name.partition(_MARK)
    if not mark:
        return Dataset.public_id == name
    is_theirs = Dataset.owner_id == _accounts(owner, User.id).scalar_subquery() if owner else owned_by(viewer)
    return and_(Dataset.name_folded == fold(own_name), is_theirs)


def _accounts(name: str, what):
    """The one whose id is `name`, else whose handle it is: a handle may look like somebody's id."""
    is_called = or_(User.public_id == name, User.handle == fold(name))
    return select(what).where(is_called).order_by(User.public_id != name).limit(1)
