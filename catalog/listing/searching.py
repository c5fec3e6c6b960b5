"""The words of a search, asked of an index; while it cannot answer, of the database, which finds less by them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, g, has_request_context
from sqlalchemy import ARRAY, BigInteger, ColumnElement, any_, cast, false, func, select
from tantivy import Query

from catalog.access import Viewer, audience
from catalog.db import db
from catalog.keeping import keep_not
from catalog.listing.asking import parse_period
from catalog.listing.criteria import Period
from catalog.listing.plainly import OF_ASSETS, OF_DATASETS, plainly
from catalog.model import Asset, Dataset
from catalog.search.corrections import corrected
from catalog.search.forms import ASSETS, DATASETS, Form
from catalog.search.index import SearchIndex
from catalog.search.language import Part, Sought, read
from catalog.search.matching import Looking, limited_to, query_of
from catalog.search.searcher import Searcher

_FOUND, _SEARCHERS = "catalog_found", "catalog_searchers"
_ROWS = {DATASETS: OF_DATASETS, ASSETS: OF_ASSETS}
_KEYS = {DATASETS: Dataset.id, ASSETS: Asset.id}


def search_indexes() -> Mapping[Form, SearchIndex]:
    """The indexes of this process."""
    return current_app.extensions["catalog_indexes"]


def search_index(form: Form = DATASETS) -> SearchIndex:
    """The index of that form."""
    return search_indexes()[form]


def is_searchable(form: Form = DATASETS) -> bool:
    """Whether the index holds every change; while it does not, less is found by words, and nothing else changes."""
    return present_searcher(form) is not None


def found_ids(viewer: Viewer, text: str, form: Form = DATASETS) -> Sequence[int] | None:
    """The ids of the datasets or assets that match `text`, the best first; None while the index cannot answer.

    All that the viewer may see are among them, and maybe others: who asks narrows what is visible by them.
    """
    known = g.setdefault(_FOUND, {}) if has_request_context() else {}
    key = (form, viewer.principals, text)
    if key not in known:
        searcher = present_searcher(form)
        sought = read(text)
        known[key] = None if searcher is None else _ids(searcher, viewer, sought) if sought.parts else []
    return known[key]


def meant(viewer: Viewer, text: str, form: Form = DATASETS) -> str | None:
    """What `text` was meant to be: a text that finds more of what the viewer may see; None where none is known."""
    searcher = present_searcher(form)
    if searcher is None:
        return None
    sought = read(text)
    better = corrected(searcher, sought, lambda query: limited_to(query, audience(viewer)))
    if better is None or _count(searcher, viewer, better) <= _count(searcher, viewer, sought):
        return None
    return better.text


def matches(viewer: Viewer, text: str, form: Form = DATASETS) -> list[ColumnElement[bool]]:
    """The conditions that a row matches `text`: none for no text, and nothing matches one that holds no word."""
    if not text:
        return []
    sought = read(text)
    if not sought.parts:
        return [false()]
    ids = found_ids(viewer, text, form)
    if ids is not None:
        return [is_among(_KEYS[form], ids)]
    return [plainly(part, _ROWS[form]) for part in sought.parts]


def periods_of(sought: Sought) -> dict[Part, Period]:
    """The periods of the terms `updated:`; one that says no time has none and narrows nothing."""
    terms = sought.terms.get("updated", ())
    return {part: period for part in terms if (period := parse_period(part.text))}


def present_searcher(form: Form = DATASETS) -> Searcher | None:
    """What answers from every change that is committed; None while the index cannot. A request asks for it once."""
    known = g.setdefault(_SEARCHERS, {}) if has_request_context() else {}
    if form not in known:
        known[form] = search_index(form).searcher()
        searcher = known[form]
        if searcher is None or searcher.is_ahead:
            keep_not()  # more is found, or rows and numbers are of one moment, as soon as it is asked again
    return known[form]


def is_at_hand(form: Form = DATASETS) -> bool:
    """Whether this request has asked the index before, so that it has what changed."""
    return has_request_context() and g.get(_SEARCHERS, {}).get(form) is not None


def _query(viewer: Viewer, sought: Sought, searcher: Searcher) -> Query:
    periods = {part: (period.since, period.until) for part, period in periods_of(sought).items()}
    return limited_to(query_of(sought, periods, Looking.of(sought, searcher)), audience(viewer))


def _count(searcher: Searcher, viewer: Viewer, sought: Sought) -> int:
    return searcher.search(_query(viewer, sought, searcher), 1).count


def _ids(searcher: Searcher, viewer: Viewer, sought: Sought) -> list[int]:
    hits = searcher.search(_query(viewer, sought, searcher), max(1, searcher.num_docs), count=False).hits
    ids = searcher.fast_field_values("id", [address for _, address in hits])
    # The mark of the index has no id. Equal scores come in the order of ids, however the index was put together.
    scored = [(-score, id_) for (score, _), id_ in zip(hits, ids, strict=True) if id_ is not None]
    return [id_ for _, id_ in sorted(scored)]


def is_among(key: ColumnElement[int], ids: Sequence[int]) -> ColumnElement[bool]:
    """`key` is one of `ids`, handed over as one value however many they are."""
    return among(key, as_one(ids)) if ids else false()


def among(key: ColumnElement[int], ids: Any) -> ColumnElement[bool]:
    """`key` is one of `ids`: what `as_one` gives, or what stands for that in a select that is put into words before."""
    if db.engine.dialect.name == "postgresql":
        return key == any_(cast(ids, ARRAY(BigInteger)))
    listed = func.json_each(ids).table_valued("value")
    return key.in_(select(listed.c.value))


def as_one(ids: Sequence[int]) -> list[int] | str:
    """`ids` as the one value by which the database takes them."""
    if db.engine.dialect.name == "postgresql":
        return list(ids)
    return f"[{','.join(map(str, ids))}]"
