"""Records that attack with every text they hold are imported, and every page that shows them is inert."""

from urllib.parse import quote, urlencode

import pytest

from catalog.db import db
from catalog.model import Asset, Dataset
from catalog.pages.links import FILTERS
from catalog.vocabulary.text import tidy
from tests.attacks.chromium.bundles import bundles
from tests.attacks.payloads import PAYLOADS
from tests.support.given import PASSWORD, Given
from tests.support.groups import ON_SQLITE
from tests.support.importing import Importing, asset, record
from tests.support.profiles import is_long

pytestmark = [pytest.mark.chromium, ON_SQLITE]

MANY_AT = "https://data.example/many"
"""Where the data of the assets lies that hold many payloads."""
AT_ONCE = 10
"""How many payloads a record of many holds: no more than a page shows assets."""
SAMPLE = 24 if is_long() else 60
"""Of so many pages, or payloads alone, one is tried."""
PART = 1 if is_long() else 18
"""Of so many pages that hold many payloads, or of so many addresses that do, one is tried."""


def of_one(number, payload):
    """A record each of whose texts is one payload."""
    return _record(f"one_{number:03}", payload, payload, [payload])


def of_many(number, payloads):
    """A record that holds `payloads` in each list, one after the other in each line, and as paragraphs of each text."""
    return _record(f"many_{number:03}", " ".join(payloads), "\n\n".join(payloads), payloads)


def _record(slug, line, text, payloads):
    metadata = dict.fromkeys(("overview", "cautions", "citation", "source", "license", "learn_more"), text)
    metadata |= dict.fromkeys(("title", "subtitle", "data_language", "geographic_coverage", "update_frequency"), line)
    uris = [*payloads, *(f"https://data.example/{payload}" for payload in payloads)]
    return record(
        slug,
        source=f"{slug} {line}",
        path=line,
        metadata=metadata | {"tags": payloads, "spatial_resolution": line},
        organization=f"{slug[0]} {line}",
        created_on=line,
        updated_on=line,
        versions=[{"version": f"{one} {n}", "origin": one, "note": one} for n, one in enumerate(payloads)],
        assets=[_asset(line, MANY_AT, payloads), *map(_asset, payloads * 2, uris)],
        extra={one: {one: [one]} for one in payloads},
    )


def _asset(line, uri, payloads=()):
    names = ("name", "alias", "description", "data_type", "unit", "more")
    return asset(
        line,
        uri,
        **dict.fromkeys(("format", "name", "description", "status", "more"), line),
        fields=[dict.fromkeys(names, payload) for payload in payloads or [line]],
    )


MANY = [of_many(n, PAYLOADS[n : n + AT_ONCE]) for n in range(0, len(PAYLOADS), AT_ONCE)]
SINGLE = [of_one(n, payload) for n, payload in enumerate(PAYLOADS)]
TYPED = ("pwn", "script", "img", "evil", "svg", "onerror") if is_long() else ("pwn",)
"""What hostile titles, tags and organizations are suggested for."""
LISTS = [
    *("/", "/datasets?size=100", "/datasets?size=100&page=2", "/datasets?size=100&view=table", "/datasets/facets/tag"),
    *("/datasets?q=pwn", "/datasets/facets/organization", "/datasets/facets/format", "/datasets/facets/license"),
    *("/assets?size=100", "/assets?size=100&page=2", "/assets?q=pwn", "/assets/facets/type", "/organizations?size=100"),
    *("/organizations?q=pwn", "/users/alice", *(f"/suggest?q={word}" for word in TYPED)),
]
if is_long():
    LISTS += [f"/assets?size=100&page={page}" for page in range(3, 9)]
    LISTS += ["/organizations?size=100&page=2", "/datasets?size=100&view=table&page=2"]
ASKED = ("q", *FILTERS, "unnamed", "sort", "size", "view", "find", "page", "next")
"""What an address may ask for."""
PATHS = ("/datasets", "/assets", "/organizations", "/sign-in", "/datasets/facets/tag")
LIMIT = 500
"""How long a search text may be."""


@pytest.fixture
def imported(store):
    """The assets that hold many payloads, in a catalog of hostile records, whose owner has a hostile name."""
    given = Given(store.app)
    alice = given.user("alice", title=PAYLOADS[0], password=PASSWORD)
    run = Importing(store.app, alice)(*MANY, *SINGLE, visibility="public", is_by_record=True)
    assert run.report.counts["created"] == len(MANY) + len(SINGLE), run.said
    with store.app.app_context():
        many = db.select(Asset.uuid).join(Asset.dataset).where(Asset.uri == MANY_AT, Dataset.slug.startswith("many"))
        return db.session.scalars(many.order_by(Asset.id)).all()


def missing(words, payloads):
    """Which of `payloads`, as they are stored and apart from blanks, `words` do not hold."""
    words = "".join(words.split())
    return [one for one in payloads if "".join(tidy(one).split()) not in words]


@pytest.mark.long
def test_nothing_of_what_was_imported_runs(imported, reader):
    """Every payload is on the pages of the records and assets that hold many; of the others some are opened."""
    of_many = [f"/assets/{uuid}" for uuid in imported]
    met = {"/datasets/": set(), "/assets/": set(), "/organizations/": set()}
    for path in LISTS:
        reader.go(path)
        for beginning, hrefs in met.items():
            hrefs.update(reader.links(beginning))
    for word in TYPED:
        reader.go("/datasets")
        assert any("<" in one for one in reader.led_to(word)), word
    for number in range(0, len(PAYLOADS), AT_ONCE):
        words = reader.go(f"/datasets/many_{number:03}?overview=all")
        assert missing(words, PAYLOADS[number : number + AT_ONCE]) == []
        met["/assets/"].update(reader.links("/assets/"))
        of_many += reader.links("/organizations/")
    assert {beginning: len(hrefs) > AT_ONCE for beginning, hrefs in met.items()} == dict.fromkeys(met, True)
    held = [reader.go(path) for path in of_many[::PART]]
    assert missing(" ".join(held), PAYLOADS if is_long() else ()) == []
    for hrefs in met.values():
        for path in sorted(hrefs)[::SAMPLE]:
            reader.go(path)


@pytest.mark.long
def test_nothing_of_an_address_runs(imported, reader):
    """Every payload stands in every place of an address, some of them alone."""
    for payloads in bundles(LIMIT, " ")[::PART]:
        query = urlencode([*((name, " ".join(payloads)) for name in ASKED), *(("tag", one) for one in payloads)])
        for path in PATHS:
            reader.go(f"{path}?{query}")
    for number, payload in list(enumerate(PAYLOADS))[::SAMPLE]:
        query = urlencode(dict.fromkeys((*ASKED, payload), payload))
        for path in PATHS:
            reader.go(f"{path}?{query}")
        reader.go(f"/{('datasets', 'assets', 'organizations', 'nowhere')[number % 4]}/{quote(payload, safe='')}", 404)
