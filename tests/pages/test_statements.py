"""What a page costs: a bounded number of SQL statements, the same at one row and at two hundred."""

import pytest

from catalog.changes.drafts import AssetDraft, FieldDraft, VersionDraft
from tests.support.callers import HTML

MOST = 20
# The addresses of lists, plain and narrowed as far as they can be.
LISTS = (
    "/datasets?size=200",
    "/datasets?size=200&view=table",
    "/datasets?size=200&q=set&tag=all&format=csv&license=-&organization=lab&visibility=public&updated=9d&unnamed=1",
    "/assets?size=200",
    "/assets?size=200&q=a&tag=all&format=csv&type=csv&license=-&organization=lab&visibility=public",
    "/datasets/facets/tag?q=set&tag=all&organization=lab",
    "/datasets/facets/organization?find=l",
    "/assets/facets/organization?find=l",
    "/organizations?size=200",
    "/organizations/lab?size=200",
    "/users/alice?size=200",
    "/",
)
EMPTY = (
    "/datasets?q=some+words+that+nobody+wrote&tag=a&tag=b&format=csv&license=-&organization=lab&visibility=public",
    "/assets?q=some+words+that+nobody+wrote&tag=a&tag=b&format=csv&type=x&license=-&organization=lab&visibility=public",
)


@pytest.fixture
def fill(given, cast):
    """Makes datasets of these slugs, each with an asset, a version and tags."""
    lab = given.organization("lab", members={cast.bob: "viewer"})
    asset = AssetDraft(kind="csv", format="csv", name="a", fields=[FieldDraft(name="x"), FieldDraft(name="y")])
    said = {"tags": ["all", "some"], "versions": [VersionDraft(label="1.0")], "assets": [asset]}

    def fill(slugs):
        given.datasets(slugs, owner=cast.alice, organization=lab, visibility="public", **said)

    return fill


def test_lists_take_few_statements_and_no_more_for_more_rows(browser_of, fill, statements):
    fill(["set_first"])
    bob, visitor = browser_of("bob"), browser_of(None)
    search(bob)
    few = {path: counted(bob, path, statements) for path in LISTS}
    fill([f"set_{number}" for number in range(199)])
    search(bob)
    many = {path: counted(bob, path, statements) for path in LISTS}
    assert many == few
    assert {path: number for path, number in few.items() if number > MOST} == {}
    for path in LISTS:
        if not path.startswith("/users"):
            assert counted(visitor, path, statements) <= few[path]


def test_an_empty_list_with_ways_out_takes_few_statements(browser_of, fill, statements):
    fill(["first", "second"])
    bob = browser_of("bob")
    search(bob)
    assert {path: number for path in EMPTY if (number := counted(bob, path, statements)) > MOST} == {}


def test_a_dataset_takes_as_many_statements_whatever_it_holds(browser_of, given, cast, statements):
    asset = {"kind": "csv", "fields": ["x"]}
    given.dataset("small", owner=cast.alice, visibility="public", versions=["1.0"], assets=[asset], tags=["a"])
    versions = [f"1.{number}" for number in range(60)]
    assets = [asset | {"version": versions[number % 60]} for number in range(200)]
    tags = [f"t{number}" for number in range(50)]
    given.dataset("large", owner=cast.alice, visibility="public", versions=versions, assets=assets, tags=tags)
    bob = browser_of("bob")
    counted(bob, "/datasets", statements)  # who he is is looked up once
    small, large = (counted(bob, f"/datasets/{slug}", statements) for slug in ("small", "large"))
    assert small == large <= MOST


def search(browser):
    """Lets the indexes read what was written, which the first searches after it do."""
    for path in ("/datasets?q=any", "/assets?q=any"):
        assert browser.get(path).status_code == 200


def counted(browser, path, statements):
    """How many statements a page takes."""
    with statements() as seen:
        answer = browser.open("GET", path, headers={"Accept": HTML})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return len(seen)
