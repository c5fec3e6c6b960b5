"""Criteria as queries of an index: each is said there a second time, beside `catalog.listing.narrowing`."""

from collections.abc import Iterator

from tantivy import FieldType, Occur, Query

from catalog.access import OPERATOR, Ownership, Viewer, audience, open_visibilities
from catalog.audiences import organization_audience, user_audience
from catalog.listing.criteria import NOT_STATED, AssetCriteria, DatasetCriteria
from catalog.listing.searching import periods_of
from catalog.model import Visibility
from catalog.search.clauses import all_of, any_of, between, lying_at, one_of, silent, without
from catalog.search.language import read
from catalog.search.matching import Looking, few_limited_to, limited_to, query_of
from catalog.search.schema import DEFAULT, GFW_KNOWN, LATEST, NAMED, UNNAMED, schema
from catalog.search.searcher import Searcher

Criteria = DatasetCriteria | AssetCriteria
# Criteria of several values, and the fields that hold these; of assets the second ones ask for their datasets.
_OF_ROWS = {"formats": "facet.format", "types": "facet.type", "years": "facet.year"}
_OF_DATASETS = {
    "tags": "facet.tag",
    "licenses": "facet.license",
    "organizations": "value.organization",
    "owners": "value.owner",
    "visibilities": "facet.visibility",
}
# What may be asked of a dataset in a list of datasets alone.
_UNSAID_WITHIN = (*_OF_ROWS, "text", "updated", "only_with_items")


def can_say(wanted: Criteria) -> bool:
    """Whether an index knows all that `wanted` asks for."""
    if isinstance(wanted, DatasetCriteria):
        return True
    # Which version a name means the database says alone.
    return wanted.version is None and not any(getattr(wanted.within, name) for name in _UNSAID_WITHIN)


def query_for(
    viewer: Viewer,
    wanted: Criteria,
    searcher: Searcher,
    *,
    is_scored: bool = True,
    in_titles: bool = False,
    is_of_few: bool = False,
) -> Query:
    """What `wanted` describes of what `viewer` may see; how well it matches counts where it `is_scored`.

    Of that, what has every word in its title alone, where it is `in_titles`. Where `is_of_few`, it is asked for as it
    is found fast among few.
    """
    found = _described(viewer, wanted, searcher, is_scored=is_scored, in_titles=in_titles)
    names = audience(viewer)
    return few_limited_to(found, names) if is_of_few and names else limited_to(found, names)


def query_for_anybody(wanted: Criteria, searcher: Searcher) -> Query:
    """What `wanted`, which is for all alike, describes of all there is: to be asked for what nobody is told."""
    return _described(OPERATOR, wanted, searcher, is_scored=False)


def query_among(viewer: Viewer, wanted: Criteria, searcher: Searcher, few: Query) -> Query:
    """What `wanted` describes of `few`, which `viewer` may see."""
    found = _described(viewer, wanted, searcher, is_scored=False, among=few)
    return all_of(found, few)


def open_queries(viewer: Viewer, wanted: Criteria, searcher: Searcher) -> dict[Visibility, Query]:
    """What `wanted` describes of what its visibility alone opens to `viewer`, and so to many others alike."""
    found = _described(viewer, wanted, searcher, is_scored=False)
    return {one: all_of(found, silent(one_of("value.visibility", [one]))) for one in open_visibilities(viewer)}


def query_for_the_rest(viewer: Viewer, wanted: Criteria, searcher: Searcher) -> Query:
    """What `wanted` describes of what else `viewer` may see: what is closed to others and reaches them all the same."""
    if not viewer.is_signed_in:
        return Query.empty_query()
    closed = one_of("value.visibility", [one for one in Visibility if one not in open_visibilities(viewer)])
    rest = all_of(came_by(viewer, None), silent(closed))
    return all_of(_described(viewer, wanted, searcher, is_scored=False, among=rest), rest)


def is_for_all_alike(wanted: Criteria) -> bool:
    """Whether `wanted` asks nothing of how a dataset reaches whoever asks."""
    holder = wanted if isinstance(wanted, DatasetCriteria) else wanted.within
    return not (holder.ownership or holder.only_reaching)


def _described(
    viewer: Viewer,
    wanted: Criteria,
    searcher: Searcher,
    *,
    is_scored: bool,
    in_titles: bool = False,
    among: Query | None = None,
) -> Query:
    if wanted.text and not read(wanted.text).parts:
        return Query.empty_query()
    sought = read(wanted.text)
    periods = {part: (period.since, period.until) for part, period in periods_of(sought).items()}
    holder = wanted if isinstance(wanted, DatasetCriteria) else wanted.within
    if among is None and not is_for_all_alike(wanted):
        among = came_by(viewer, holder.ownership)
    looking = Looking.of(sought, searcher, is_scored=is_scored, in_titles=in_titles, among=among)
    clauses = [query_of(sought, periods, looking)] if sought.parts else []
    clauses += map(silent, [*_chosen(wanted, holder), *_of_holder(viewer, holder), *_own(wanted)])
    return all_of(*clauses) if holder.with_unnamed else without(_UNNAMED, *clauses)


def query_of_rows(viewer: Viewer, organization_id: int | None, user_id: int | None, *, with_public: bool) -> Query:
    """The named datasets of a publisher that reach `viewer`, also with all that are open to whoever is signed in."""
    rows = _published(viewer, organization_id, user_id)
    rows = any_of(_OPEN_TO_ALL, rows) if with_public else rows
    return limited_to(all_of(one_of("value.naming", [NAMED]), rows), audience(viewer))


def query_of_closed_rows(viewer: Viewer, organization_id: int | None, user_id: int | None) -> Query:
    """Those of a publisher that are not open to all who are signed in."""
    named = one_of("value.naming", [NAMED])
    return all_of(_published(viewer, organization_id, user_id), named, _CLOSED)


def _published(viewer: Viewer, organization_id: int | None, user_id: int | None) -> Query:
    publisher = [one_of("facet.organization", [str(organization_id or NOT_STATED)])]
    publisher += [one_of("facet.owner", [str(user_id)])] if user_id is not None else []
    return all_of(came_by(viewer, None), *publisher)


_OPEN_TO_ALL = one_of("value.visibility", [Visibility.PUBLIC, Visibility.INTERNAL])
# Few bear this, so that to pass over them takes less than to see that each bears the other.
_UNNAMED = one_of("value.naming", [UNNAMED])
_CLOSED = one_of("value.visibility", [Visibility.PRIVATE])


def came_by(viewer: Viewer, ownership: Ownership | None) -> Query:
    """What reaches `viewer` in that way; None stands for both."""
    if not viewer.is_signed_in:
        return Query.empty_query()
    own = one_of("facet.owner", [str(viewer.user_id)])
    if ownership is Ownership.MINE:
        return silent(own)
    names = [user_audience(viewer.user_id), *map(organization_audience, viewer.organization_ids)]
    reached = [(Occur.Must, one_of("value.audience", names))]
    if ownership is Ownership.SHARED:
        reached.append((Occur.MustNot, own))
    return silent(Query.boolean_query(reached))


def _chosen(wanted: Criteria, holder: DatasetCriteria) -> Iterator[Query]:
    for asked, fields in ((wanted, _OF_ROWS), (holder, _OF_DATASETS)):
        for name, field in fields.items():
            if values := getattr(asked, name):
                yield one_of(field, [str(value) for value in values])


def _of_holder(viewer: Viewer, holder: DatasetCriteria) -> Iterator[Query]:
    if holder.ownership or holder.only_reaching:
        yield came_by(viewer, holder.ownership)
    if holder.only_with_items:
        yield Query.range_query(schema(), "items", FieldType.Integer, lower_bound=1)


def _own(wanted: Criteria) -> Iterator[Query]:
    if wanted.updated:
        yield between(wanted.updated.since, wanted.updated.until)
    if isinstance(wanted, DatasetCriteria):
        return
    if wanted.dataset is not None:
        yield one_of("value.slug", [wanted.dataset])
    if wanted.uri is not None:
        yield lying_at(wanted.uri, *([wanted.own_page] if wanted.own_page else []))
    if wanted.asset_type is not None:
        yield one_of("facet.type", [wanted.asset_type])
    for flag, value in ((LATEST, wanted.is_latest), (DEFAULT, wanted.is_default)):
        if value is not None:
            yield one_of("value.flag", [flag]) if value else without(one_of("value.flag", [flag]))
    if wanted.only_gfw_known:
        yield one_of("value.flag", [GFW_KNOWN])
