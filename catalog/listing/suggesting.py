"""What a search may go on to while it is typed: datasets, tags and organizations that the viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import joinedload, load_only

from catalog.access import Viewer, audience, visible_datasets, visible_organizations
from catalog.db import db
from catalog.listing.criteria import DatasetCriteria
from catalog.listing.indexed import indexed
from catalog.listing.paging import Window, in_order
from catalog.listing.searching import present_searcher
from catalog.model import Dataset, Organization
from catalog.search.clauses import one_of
from catalog.search.matching import limited_to
from catalog.search.schema import NAMED, shown_tag
from catalog.search.words import plain, words_of
from catalog.vocabulary.text import fold

_MOST_DATASETS, _MOST_TAGS, _MOST_ORGANIZATIONS = 6, 4, 4
# Tags that differ by their case alone are one suggestion.
_MOST_SPELLINGS = 20


@dataclass(frozen=True)
class Suggestions:
    """What fits the beginning of a text, the best first."""

    datasets: Sequence[Dataset] = ()
    """With their id, title and organization or owner."""
    tags: Sequence[str] = ()
    organizations: Sequence[Organization] = ()


def suggest(viewer: Viewer, text: str) -> Suggestions:
    """Up to 6 datasets, 4 tags and 4 organizations that fit `text`; nothing for no text.

    Datasets have every word in title or id, the last one as the beginning of one, and if these are few, others that a
    search finds follow; tags and organizations begin so or have a word that does.
    """
    if not text:
        return Suggestions()
    return Suggestions(_datasets(viewer, text), _tags(viewer, text), _organizations(viewer, text))


def _datasets(viewer: Viewer, text: str) -> list[Dataset]:
    wanted = DatasetCriteria(text=text)
    index = indexed(viewer, wanted)
    ids = index.called(words_of(text), _MOST_DATASETS) if index else []
    if index and len(ids) < _MOST_DATASETS:
        others = index.ranked(wanted, Window(0, _MOST_DATASETS), index.count(wanted))
        ids = list(dict.fromkeys([*ids, *others]))[:_MOST_DATASETS]
    if not ids:
        return []
    found = visible_datasets(viewer).where(Dataset.id.in_(ids))
    return in_order(db.session.scalars(found.options(*_BRIEF)), ids)


_BRIEF = (
    load_only(Dataset.slug, Dataset.title),
    joinedload(Dataset.organization).load_only(Organization.key, Organization.title),
)


def _tags(viewer: Viewer, text: str) -> list[str]:
    searcher, begun = present_searcher(), plain(text)
    # Whether any tag begins so is told at once; of which of them the viewer may see, every dataset has to be looked at.
    if searcher is None or not searcher.terms_with_prefix("word", begun, limit=1):
        return []
    seen = limited_to(one_of("value.naming", [NAMED]), audience(viewer))
    found = searcher.terms_with_prefix("word", begun, filter_query=seen, limit=_MOST_SPELLINGS)
    best = {fold(tag): tag for tag in reversed([shown_tag(term) for term, number in found if number])}
    return list(reversed(best.values()))[:_MOST_TAGS]


def _organizations(viewer: Viewer, text: str) -> Sequence[Organization]:
    found = visible_organizations(viewer)
    for word in fold(text).split():
        begins = (column.startswith(word, autoescape=True) for column in (Organization.key, Organization.folded))
        inside = Organization.folded.contains(f" {word}", autoescape=True)
        found = found.where(next(begins) | next(begins) | inside)
    return db.session.scalars(found.order_by(Organization.folded, Organization.id).limit(_MOST_ORGANIZATIONS)).all()
