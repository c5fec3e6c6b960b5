"""Records that attack with every text they hold are imported, and every page that shows them is inert."""

from urllib.parse import quote, urlencode

import pytest

from tests.attacks.payloads import PAYLOADS
from tests.support.given import PASSWORD, Given
from tests.support.groups import ON_SQLITE
from tests.support.importing import Importing, asset, record
from tests.support.profiles import is_long

pytestmark = [pytest.mark.chromium, ON_SQLITE]

AT_ONCE = 10
"""How many payloads a record of many holds: no more than a page shows assets."""
SAMPLE = 8 if is_long() else 40
"""Of so many pages, or payloads, one is tried."""


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
        created_on=payloads[0],
        updated_on=payloads[-1],
        versions=[{"version": f"{one} {n}", "origin": one, "note": one} for n, one in enumerate(payloads)],
        assets=[_asset(payload, uri) for payload, uri in zip(payloads * 2, uris, strict=True)],
        extra={one: {one: [one]} for one in payloads},
    )


def _asset(payload, uri):
    names = ("name", "alias", "description", "data_type", "unit", "more")
    return asset(
        payload,
        uri,
        **dict.fromkeys(("format", "name", "description", "status", "more"), payload),
        fields=[dict.fromkeys(names, payload)],
    )


MANY = [of_many(n, PAYLOADS[n : n + AT_ONCE]) for n in range(0, len(PAYLOADS), AT_ONCE)]
SINGLE = [of_one(n, payload) for n, payload in enumerate(PAYLOADS)]
LISTS = (
    *("/", "/datasets?size=100", "/datasets?size=100&page=2", "/datasets?size=100&view=table", "/datasets?open=tag"),
    *("/datasets?q=pwn", "/datasets?open=organization", "/datasets?open=format", "/datasets?open=license"),
    *("/assets?size=100", "/assets?size=100&page=2", "/assets?q=pwn", "/assets?open=type", "/organizations?size=100"),
    *("/organizations?q=pwn", "/users/alice"),
)


@pytest.fixture
def imported(store):
    """A catalog of hostile records, whose owner has a hostile name."""
    given = Given(store.app)
    alice = given.user("alice", title=PAYLOADS[0], password=PASSWORD)
    run = Importing(store.app, alice)(*MANY, *SINGLE, visibility="public", is_by_record=True)
    assert run.report.counts["created"] == len(MANY) + len(SINGLE), run.said


@pytest.mark.long
def test_nothing_of_what_was_imported_runs(imported, reader):
    """Every payload is on the pages of the records that hold many; of the others some are opened."""
    met = {"/datasets/": set(), "/assets/": set(), "/organizations/": set()}
    for path in LISTS:
        reader.go(path)
        for beginning, hrefs in met.items():
            hrefs.update(reader.links(beginning))
    for number in range(0, len(PAYLOADS), AT_ONCE):
        words = reader.go(f"/datasets/many_{number:03}?overview=all")
        assert words.count("pwn()") > AT_ONCE
        met["/assets/"].update(reader.links("/assets/"))
    assert {beginning: len(hrefs) > AT_ONCE for beginning, hrefs in met.items()} == dict.fromkeys(met, True)
    for hrefs in met.values():
        for path in sorted(hrefs)[::SAMPLE]:
            reader.go(path)


@pytest.mark.long
def test_nothing_of_an_address_runs(imported, reader):
    """Some payloads stand in every place of an address."""
    for number, payload in list(enumerate(PAYLOADS))[::SAMPLE]:
        query = urlencode(
            dict.fromkeys(("q", "tag", "format", "view", "sort", "next", "page", "open", payload), payload)
        )
        for path in ("/datasets", "/assets", "/organizations", "/sign-in"):
            reader.go(f"{path}?{query}")
        reader.go(f"/{('datasets', 'assets', 'organizations', 'nowhere')[number % 4]}/{quote(payload, safe='')}", 404)
