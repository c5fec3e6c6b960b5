"""The demo catalogue: well-known public datasets and a small cast, so that every page has something to show."""

import secrets
from importlib.resources import files

from sqlalchemy import select

from catalog.access import OPERATOR, visible_datasets
from catalog.changes import accounts, datasets, organizations, sharing
from catalog.changes.drafts import DatasetDraft
from catalog.changes.journal import record, writing
from catalog.changes.puts import Outcome, Placing
from catalog.db import db
from catalog.errors import NotPermitted
from catalog.harvest.importing import import_lines
from catalog.identity import viewer_of
from catalog.model import Change, Dataset, Organization, Role, ShareRole, User, Visibility

_VERB = "load demo"
_CAST = {"alice": "Alice Almeida", "bob": "Bob Bergström", "carol": "Carol Chen"}
_ORGANIZATIONS = {
    "forest-team": ("Forest team", {"alice": Role.ADMIN, "bob": Role.EDITOR}),
    "learning-lab": ("Learning lab", {"carol": Role.ADMIN, "alice": Role.VIEWER}),
}
_HANDED_TO = {
    "bob": ("movielens_25m", "movielens_100k", "nyc_tlc_yellow_taxi", "mbta_gtfs", "openstreetmap_planet", "geonames"),
    "carol": ("mnist", "cifar_10", "squad", "librispeech", "coco", "imagenet_ilsvrc2012"),
}
_BELONGS_TO = {
    "forest-team": ("esa_worldcover", "mapbiomas_brasil_cobertura"),
    "learning-lab": ("titanic_passengers", "palmer_penguins"),
}
_VISIBILITY = {
    Visibility.INTERNAL: ("pubmed_baseline", "arxiv_metadata", "common_crawl", "imagenet_ilsvrc2012", "mbta_gtfs"),
    Visibility.PRIVATE: ("wdpa", "jhu_covid_19", "titanic_passengers", "movielens_25m", "squad", "librispeech"),
}
_SHARES = (
    ("wdpa", "bob", ShareRole.VIEWER),
    ("jhu_covid_19", "bob", ShareRole.EDITOR),
    ("movielens_25m", "alice", ShareRole.VIEWER),
    ("squad", "forest-team", ShareRole.VIEWER),
    ("librispeech", "alice", ShareRole.EDITOR),
)


# Ids that datasets had before, which still lead to them.
_FORMERLY = {"umd_tree_cover_loss": "tree_cover_loss", "uniprot_swissprot": "swiss_prot"}


def load_demo() -> dict[str, str]:
    """Load everything and return the new passwords of the cast, by handle; empty when it was loaded before.

    NotPermitted where the store has users of its own.
    """
    with writing():  # all of it or nothing
        if db.session.scalar(select(Change.seq).where(Change.verb == _VERB).limit(1)):
            return {}
        if db.session.scalar(select(User.id).limit(1)):
            raise NotPermitted("The store has users of its own: the demo catalogue is only for an empty one.")
        passwords = {handle: secrets.token_urlsafe(12) for handle in _CAST}
        for handle, title in _CAST.items():
            accounts.enrol(OPERATOR, handle, password=passwords[handle], title=title)
        _import_records()
        _found_organizations()
        _place()
        record(OPERATOR, _VERB)
    return passwords


def _import_records() -> None:
    said: list[str] = []
    placing = Placing(owner_id=_user("alice").id, visibility=Visibility.PUBLIC, is_by_record=True)
    with (files("catalog.demo") / "catalogue.jsonl").open("rb") as lines:
        report = import_lines(
            OPERATOR, lines, placing, say=lambda n, name, text: said.append(f"line {n}, {name}: {text}")
        )
    if report.counts[Outcome.REFUSED]:
        raise RuntimeError("the demo catalogue holds records that are refused: " + "; ".join(said))


def _found_organizations() -> None:
    for key, (title, members) in _ORGANIZATIONS.items():
        organization = organizations.found(OPERATOR, key, title=title)
        for handle, role in members.items():
            organizations.admit(OPERATOR, organization, _user(handle), role)


def _place() -> None:
    """Hand datasets over, open or close them and share them, each by the person who may."""
    for key, slugs in _BELONGS_TO.items():
        for slug in slugs:
            datasets.transfer(OPERATOR, _dataset(slug), organization=_organization(key))
    for handle, slugs in _HANDED_TO.items():
        for slug in slugs:
            datasets.transfer(viewer_of(_user("alice")), _dataset(slug), owner=_user(handle))
    for visibility, slugs in _VISIBILITY.items():
        for slug in slugs:
            dataset = _dataset(slug)
            datasets.set_visibility(viewer_of(db.session.get_one(User, dataset.owner_id)), dataset, visibility)
    for slug, receiver, role in _SHARES:
        dataset = _dataset(slug)
        by = viewer_of(db.session.get_one(User, dataset.owner_id))
        sharing.share(by, dataset, with_=_user(receiver) if receiver in _CAST else _organization(receiver), role=role)
    for slug, former in _FORMERLY.items():
        for name in (former, slug):
            datasets.rename(OPERATOR, _dataset(slug if name == former else former), name)
    alice = viewer_of(_user("alice"))
    private = {"owner_id": alice.user_id, "visibility": Visibility.PRIVATE}
    datasets.register(alice, DatasetDraft(slug="scratch"), is_unnamed=True, **private)
    thrown_away = DatasetDraft(slug="tree_heights_draft", texts={"title": "Tree heights, a first attempt"})
    datasets.withdraw(alice, datasets.register(alice, thrown_away, **private))


def _user(handle: str) -> User:
    return db.session.scalars(select(User).where(User.handle == handle)).one()


def _organization(key: str) -> Organization:
    return db.session.scalars(select(Organization).where(Organization.key == key)).one()


def _dataset(slug: str) -> Dataset:
    return db.session.scalars(visible_datasets(OPERATOR).where(Dataset.slug == slug)).one()
