"""The words of a search, asked of the index; while it cannot answer, of the database, which finds less by them."""

from collections.abc import Sequence

from flask import current_app, g, has_request_context
from sqlalchemy import ARRAY, BigInteger, ColumnElement, and_, any_, cast, false, func, literal, not_, or_, select
from tantivy import Query, Searcher

from catalog.access import Viewer, audience
from catalog.db import db
from catalog.keeping import keep_not
from catalog.listing.asking import parse_period
from catalog.listing.criteria import Period
from catalog.model import Asset, Dataset, Field, Organization, Tag, User
from catalog.search.corrections import corrected
from catalog.search.index import SearchIndex
from catalog.search.language import Part, Sought, read
from catalog.search.matching import limited_to, query_of
from catalog.vocabulary.text import fold

_FOUND = "catalog_found"


def search_index() -> SearchIndex:
    """The index of this process."""
    return current_app.extensions["catalog_index"]


def is_searchable() -> bool:
    """Whether the index holds every change; while it does not, less is found by words, and nothing else changes."""
    return present_searcher() is not None


def found_ids(viewer: Viewer, text: str) -> Sequence[int] | None:
    """The ids of the datasets that match `text`, the best first; None while the index cannot answer.

    All that the viewer may see are among them, and maybe others: who asks narrows what is visible by them.
    """
    known = g.setdefault(_FOUND, {}) if has_request_context() else {}
    key = (viewer.principals, text)
    if key not in known:
        searcher = present_searcher()
        sought = read(text)
        known[key] = None if searcher is None else _ids(searcher, _query(viewer, sought)) if sought.parts else []
    return known[key]


def meant(viewer: Viewer, text: str) -> str | None:
    """What `text` was meant to be: a text that finds more of what the viewer may see; None where none is known."""
    searcher = present_searcher()
    if searcher is None:
        return None
    sought = read(text)
    better = corrected(searcher, sought, lambda query: limited_to(query, audience(viewer)))
    if better is None or _count(searcher, _query(viewer, better)) <= _count(searcher, _query(viewer, sought)):
        return None
    return better.text


def matches(viewer: Viewer, text: str) -> list[ColumnElement[bool]]:
    """The conditions that a dataset matches `text`: none for no text, and nothing matches one that holds no word."""
    if not text:
        return []
    sought = read(text)
    if not sought.parts:
        return [false()]
    ids = found_ids(viewer, text)
    return [is_among(ids)] if ids is not None else [_plainly(part) for part in sought.parts]


def periods_of(sought: Sought) -> dict[Part, Period]:
    """The periods of the terms `updated:`; one that says no time has none and narrows nothing."""
    terms = sought.terms.get("updated", ())
    return {part: period for part in terms if (period := parse_period(part.text))}


def present_searcher() -> Searcher | None:
    """What answers from every change that is committed; None while the index cannot. A request asks for it once."""
    if not has_request_context():
        return search_index().searcher()
    if "catalog_searcher" not in g:
        g.catalog_searcher = search_index().searcher()
        if g.catalog_searcher is None:
            keep_not()  # more is found as soon as it follows
    return g.catalog_searcher


def _query(viewer: Viewer, sought: Sought) -> Query:
    periods = {part: (period.since, period.until) for part, period in periods_of(sought).items()}
    return limited_to(query_of(sought, periods), audience(viewer))


def _count(searcher: Searcher, query: Query) -> int:
    return searcher.search(query, 1).count


def _ids(searcher: Searcher, query: Query) -> list[int]:
    hits = searcher.search(query, max(1, searcher.num_docs), count=False).hits
    ids = searcher.fast_field_values("id", [address for _, address in hits])
    # The mark of the index has no id. Equal scores come in the order of ids, however the index was put together.
    scored = [(-score, id_) for (score, _), id_ in zip(hits, ids, strict=True) if id_ is not None]
    return [id_ for _, id_ in sorted(scored)]


def is_among(ids: Sequence[int]) -> ColumnElement[bool]:
    """The dataset is one of `ids`, handed over as one value however many they are."""
    if not ids:
        return false()
    if db.engine.dialect.name == "postgresql":
        return Dataset.id == any_(cast(list(ids), ARRAY(BigInteger)))
    listed = func.json_each(f"[{','.join(map(str, ids))}]").table_valued("value")
    return Dataset.id.in_(select(listed.c.value))


def _plainly(part: Part) -> ColumnElement[bool]:
    """What the database finds of a part without the index: words anywhere in the texts, values as they are written."""
    condition = _in_texts(part.words) if part.name is None else _as_term(part)
    return not_(func.coalesce(condition, false())) if part.is_excluded else condition


def _in_texts(words: Sequence[str]) -> ColumnElement[bool]:
    return and_(*(Dataset.found_in.contains(fold(word), autoescape=True) for word in words))


def _as_term(part: Part) -> ColumnElement[bool]:
    values = [fold(value) for value in part.values]
    match part.name:
        case "tag":
            return Dataset.id.in_(select(Tag.dataset_id).where(func.lower(Tag.name).in_(values)))
        case "license":
            return func.lower(Dataset.license_id).in_(values)
        case "organization":
            return Dataset.organization_id.in_(select(Organization.id).where(Organization.key.in_(values)))
        case "owner":
            return Dataset.owner_id.in_(select(User.id).where(User.handle.in_(values)))
        case "format":
            return Dataset.id.in_(select(Asset.dataset_id).where(func.lower(Asset.format).in_(values)))
        case "type":
            is_typed = or_(Asset.gfw_type.in_(values), Asset.kind.in_(values))
            return Dataset.id.in_(select(Asset.dataset_id).where(is_typed))
        case "column":
            named = (Field.name.icontains(word, autoescape=True) for word in part.words)
            return Dataset.id.in_(select(Asset.dataset_id).join(Field, Field.asset_id == Asset.id).where(*named))
        case "visibility":
            return Dataset.visibility.in_([value for value in values if value in ("public", "internal", "private")])
    period = parse_period(part.text)
    return and_(*period.covers(Dataset.data_updated_at)) if period else literal(True)
