"""The lists of the GFW dialect; two of them stand at addresses that pages share, so the front desk calls them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

import orjson
from flask import Response, request

from catalog.access import Viewer
from catalog.dialects.describing import Answer, Operation, described, ref
from catalog.dialects.gfw import present
from catalog.dialects.gfw.door import LISTS, admitted, bp, own_pages
from catalog.dialects.gfw.errors import PastTheEnd
from catalog.dialects.gfw.parameters import OF_ASSETS, OF_DATASETS
from catalog.dialects.gfw.params import Paging, Wanted, read_assets, read_datasets
from catalog.dialects.wire import answer, base_url, conditional, settings, stream, through
from catalog.errors import Invalid, NotSignedIn
from catalog.listing.assets import AssetParts, are_known, batches_of_assets, count_assets, write_assets
from catalog.listing.criteria import AssetCriteria
from catalog.listing.datasets import Parts, batches_of_datasets, count_datasets, write_datasets
from catalog.listing.paging import Page, Window
from catalog.listing.written import Writing

# Pages with more rows than this are read and sent in batches, as whole lists are.
LONGEST_AT_ONCE = 1000
_DATASETS = Writing("gfw dataset", present.dataset, Parts.RECORD.value)


@dataclass(frozen=True)
class _Rows:
    """How the rows of one list are counted, read and written."""

    count: Callable[[], int]
    written: Callable[[Window], Page]
    batches: Callable[[Window | None], Iterator[list]]
    record: Callable[[Any], dict]


@through(LISTS, "gfw")
@described(
    Operation(
        summary="Every dataset that the caller may see, or a page of them",
        parameters=OF_DATASETS,
        answers={200: Answer(about="Datasets.", schema=ref("DatasetList"))},
        refusals=(Invalid, NotSignedIn),
        is_open=True,
    )
)
def get_datasets() -> Response:
    """Every dataset that the viewer may see, or a page of them."""
    viewer = admitted()
    wanted = read_datasets(request.args, settings())
    asked, size = (viewer, wanted.criteria, wanted.order), settings().batch_rows
    rows = _Rows(
        count=lambda: count_datasets(viewer, wanted.criteria),
        written=lambda window: write_datasets(*asked, window, _DATASETS),
        batches=lambda window: batches_of_datasets(*asked, size, Parts.RECORD, window),
        record=present.dataset,
    )
    return _answer(viewer, wanted, rows)


@through(LISTS, "gfw")
@described(
    Operation(
        summary="Every asset of the datasets that the caller may see, or a page of them",
        parameters=OF_ASSETS,
        answers={200: Answer(about="Assets.", schema=ref("AssetList"))},
        refusals=(Invalid, NotSignedIn),
        is_open=True,
    )
)
def get_assets() -> Response:
    """Every asset of the datasets that the viewer may see, or a page of them."""
    viewer = admitted()
    return assets_listed(viewer, wanted_assets(viewer))


def wanted_assets(viewer: Viewer, *, is_of_version: bool = False) -> Wanted[AssetCriteria]:
    """What this request asks of all assets, or of those of a version; Invalid with all that is wrong in it."""
    return read_assets(
        request.args,
        settings(),
        own_pages=own_pages(),
        are_known=partial(are_known, viewer),
        is_of_version=is_of_version,
    )


def assets_listed(viewer: Viewer, wanted: Wanted[AssetCriteria]) -> Response:
    """The assets that are `wanted`, whole or by pages."""
    asked, size = (viewer, wanted.criteria, wanted.order), settings().batch_rows
    record = partial(present.asset, own_pages=own_pages())
    writing = Writing(("gfw asset", own_pages()), record, AssetParts.RECORD.value)
    rows = _Rows(
        count=lambda: count_assets(viewer, wanted.criteria),
        written=lambda window: write_assets(*asked, window, writing),
        batches=lambda window: batches_of_assets(*asked, size, AssetParts.RECORD, window),
        record=record,
    )
    return _answer(viewer, wanted, rows)


def tasks_listed(viewer: Viewer, paging: Paging | None) -> Response:
    """The tasks that make an asset: none, since a catalog runs none; whole or by pages like any list."""
    nothing = {"written": lambda window: Page((), 0, window), "batches": lambda window: iter(())}
    rows = _Rows(count=lambda: 0, record=dict, **nothing)
    return _answer(viewer, Wanted(None, None, paging, ()), rows)


@bp.get("/ping")
@described(
    Operation(
        summary="Whether the catalog answers",
        answers={200: Answer(about="It does.", schema=ref("Ping"))},
        is_open=True,
    )
)
def ping() -> Response:
    """That the catalog is there; nobody is recognised and nothing is read for it."""
    return answer({"data": "pong", "status": "success"})


def _answer(viewer: Viewer, wanted: Wanted, rows: _Rows) -> Response:
    def make() -> Response:
        if wanted.paging is None:
            return _in_batches(rows, None, {"status": "success"})
        if wanted.paging.size > LONGEST_AT_ONCE:
            total, window = rows.count(), Window.of_page(wanted.paging.number, wanted.paging.size)
            return _in_batches(rows, window, present.ending(*_around(wanted, wanted.paging, total)))
        page = rows.written(Window.of_page(wanted.paging.number, wanted.paging.size))
        return answer(present.page(page.items, *_around(wanted, wanted.paging, page.total)))

    return conditional(make, is_private=viewer.is_signed_in, about=wanted.criteria, is_kept=True)


def _around(wanted: Wanted, paging: Paging, total: int) -> tuple[dict, dict]:
    """The links and the meta of a page; PastTheEnd when there is no such page. An empty list has one page."""
    page_count = max(1, -(-total // paging.size))
    if paging.number > page_count:
        raise PastTheEnd(paging.number, page_count)
    links = present.links(base_url() + quote(request.path), wanted.filters, paging, page_count)
    return links, present.meta(paging.size, total, page_count, as_integers=settings().gfw_meta_integers)


def _in_batches(rows: _Rows, window: Window | None, ending: dict) -> Response:
    def written() -> Iterator[bytes]:
        for batch in rows.batches(window):
            records = orjson.dumps([rows.record(row) for row in batch])[1:-1]
            batch.clear()  # a slow reader is sent bytes; their rows need not wait with them
            yield records

    return stream(written(), opening=b'{"data":[', closing=b"]," + orjson.dumps(ending)[1:])
