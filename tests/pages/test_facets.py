"""The counts of facets, held against what their links show, over drawn stores and drawn addresses."""

from urllib.parse import urlencode

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from tests.conftest import rolled_back
from tests.support.callers import Browser
from tests.support.given import PASSWORD, Given
from tests.support.pages import Page

pytestmark = pytest.mark.long

TAGS = ("forest", "Forest", "rain", "-", "a&b=c", "größe")
LICENSES = (None, "CC BY 4.0", "CC0", "Ask first, we answer.", "MIT")
FORMATS = ("csv", "zip", None, "straße")
KINDS = ("table", "S3 Bucket", "csv")
ASSETS = st.fixed_dictionaries({"kind": st.sampled_from(KINDS), "format": st.sampled_from(FORMATS)})
DATASETS = st.fixed_dictionaries(
    {
        "owner": st.sampled_from(("alice", "bob")),
        "organization": st.sampled_from((None, "lab", "office")),
        "visibility": st.sampled_from(("public", "internal", "private")),
        "license": st.sampled_from(LICENSES),
        "tags": st.lists(st.sampled_from(TAGS), unique=True, max_size=3),
        "assets": st.lists(ASSETS, max_size=3),
        "is_shared": st.booleans(),
        "is_unnamed": st.integers(0, 5).map(lambda number: number == 0),
    }
)
CHOSEN = {
    "tag": TAGS,
    "license": ("-", "other", "CC-BY-4.0", "MIT"),
    "organization": ("-", "lab", "nobody"),
    "format": ("-", "csv", "straße"),
    "type": KINDS,
    "visibility": ("public", "private"),
    "ownership": ("ownedByMe", "sharedWithMe"),
    "unnamed": ("1",),
    "q": ("set", "1"),
}
ADDRESSES = st.lists(
    st.sampled_from(sorted(CHOSEN)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(CHOSEN[name]))),
    max_size=4,
)


@pytest.mark.parametrize("path", ["/datasets", "/assets"])
@given(st.data())
def test_every_count_is_what_following_its_link_shows(shared_app, path, data):
    with rolled_back(shared_app):
        browser = Browser(shared_app)
        fill(Given(shared_app), data.draw(st.lists(DATASETS, min_size=1, max_size=8)))
        if who := data.draw(st.sampled_from((None, "alice", "bob"))):
            browser.sign_in(who, PASSWORD)
        address = f"{path}?{urlencode(data.draw(ADDRESSES))}"
        note(f"{who} at {address}")
        page = browser.page(address)
        for facet in page.facets():
            compare(browser, page, facet)


@pytest.mark.parametrize("path", ["/datasets", "/assets"])
@given(st.data())
def test_the_page_of_a_facet_counts_as_the_list_does(shared_app, path, data):
    with rolled_back(shared_app):
        browser = Browser(shared_app)
        fill(Given(shared_app), data.draw(st.lists(DATASETS, min_size=1, max_size=8)))
        if who := data.draw(st.sampled_from((None, "alice", "bob"))):
            browser.sign_in(who, PASSWORD)
        query = urlencode(data.draw(ADDRESSES))
        note(f"{who} at {path}?{query}")
        page = browser.page(f"{path}?{query}")
        for facet in (*TITLES, "year"):
            told = browser.page(f"{path}/facets/{facet}?{query}")
            counts = {value.label: value.count for value in told.values()}
            assert counts == {label: count for label, count in page.counts(facet).items() if count}
            assert told.total == len(counts)


def compare(browser: Browser, page: Page, facet: str) -> None:
    """Hold each count of a facet of `page` against the list that its link shows once nothing is chosen in the facet."""
    values = page.facets()[facet]
    if facet == "unnamed":
        (value,) = values
        more = browser.page(value.href).total - page.total
        assert value.count == (-more if value.is_chosen else more)
        return
    free = page
    if facet == "ownership" or any(value.is_chosen for value in values):
        everything = next((value.href for value in values if value.label == "Everything I may see"), None)
        free = browser.page(everything or page.link(f"Clear {TITLES[facet]}"))
    counts = {value.label: value.count for value in values}
    assert {label: count for label, count in counts.items() if count or facet == "ownership"} == free.counts(facet)
    for value in free.facets().get(facet, ()):
        is_all = facet == "ownership" and value.label == "Everything I may see"
        assert value.count == (free if is_all else browser.page(value.href)).total, (facet, value.label)


TITLES = {
    "tag": "Tag",
    "license": "Licence",
    "organization": "Organization",
    "format": "Format",
    "type": "Type",
    "visibility": "Visibility",
}


def fill(given: Given, drawn: list[dict]) -> None:
    """A store of these datasets, by two people and two organizations; Bob belongs to one of them."""
    people = {handle: given.user(handle, password=PASSWORD) for handle in ("alice", "bob")}
    organizations = {
        "lab": given.organization("lab", members={people["bob"]: "viewer"}),
        "office": given.organization("office"),
        None: None,
    }
    for number, one in enumerate(drawn):
        other = people["bob" if one["owner"] == "alice" else "alice"]
        given.dataset(
            f"set_{number}",
            owner=people[one["owner"]],
            organization=organizations[one["organization"]],
            visibility=one["visibility"],
            tags=one["tags"],
            assets=one["assets"],
            shared_with=[other] if one["is_shared"] else [],
            is_unnamed=one["is_unnamed"],
            **({"license": one["license"]} if one["license"] else {}),
        )
