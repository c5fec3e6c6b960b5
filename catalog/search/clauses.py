"""The small queries of an index that others are put together from."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from tantivy import FieldType, Occur, Query

from catalog.search.schema import address_number, microseconds, schema

# So few values are looked for one by one, in half the time in which a set of them is.
_FEW_VALUES = 8


def term(field: str, value: str) -> Query:
    """Documents in a field of which `value` stands as it is."""
    return Query.term_query(schema(), field, value)


def all_of(*queries: Query) -> Query:
    """What matches each of `queries`."""
    return Query.boolean_query([(Occur.Must, query) for query in queries]) if queries else Query.all_query()


def any_of(*queries: Query) -> Query:
    """What matches one of `queries`."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def without(excluded: Query, *queries: Query) -> Query:
    """What matches each of `queries`, and not `excluded`."""
    needed = queries or (Query.all_query(),)
    return Query.boolean_query([*((Occur.Must, one) for one in needed), (Occur.MustNot, excluded)])


def silent(query: Query) -> Query:
    """`query`, without a word in how well something matches."""
    return Query.const_score_query(query, 0.0)


def one_of(field: str, values: Iterable[str]) -> Query:
    """Documents that hold one of `values` in a field of whole values."""
    held = list(values)
    if len(held) <= _FEW_VALUES:
        return any_of(*(term(field, value) for value in held))
    return Query.term_set_query(schema(), field, held)


def of_datasets(ids: Sequence[int]) -> Query:
    """The datasets with one of `ids`, or the assets of these."""
    if len(ids) <= _FEW_VALUES:
        return any_of(*(Query.term_query(schema(), "dataset", id_) for id_ in ids))
    return Query.term_set_query(schema(), "dataset", list(ids))


def lying_at(*addresses: str | UUID) -> Query:
    """Assets at one of `addresses`; a uuid stands for the asset of that id, where it lies nowhere."""
    return any_of(*(Query.term_query(schema(), "address", address_number(address)) for address in addresses))


def between(since: datetime | None, until: datetime | None) -> Query:
    """Documents whose data was updated from `since` on, before `until`."""
    if since is None and until is None:
        return Query.all_query()
    return Query.range_query(
        schema(),
        "updated",
        FieldType.Integer,
        lower_bound=None if since is None else microseconds(since),
        upper_bound=None if until is None else microseconds(until),
        include_upper=until is None,
    )


def numbered(field: str, lowest: int | None, highest: int | None, *, is_open: bool = False) -> Query:
    """Documents whose number lies between two, which are among them unless it `is_open`; None is no bound."""
    return Query.range_query(
        schema(),
        field,
        FieldType.Integer,
        lower_bound=lowest,
        upper_bound=highest,
        include_lower=not is_open or lowest is None,
        include_upper=not is_open or highest is None,
    )
