"""The page of one asset."""

import re

import pytest

from tests.support.pages import text_of, without_tokens

_UUID = re.compile(r"[0-9a-f]{8}([-+ ])[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}")


@pytest.fixture
def uuid_of(browser_of, given, cast):
    """The uuid of an asset by its name, in a dataset that is shared with Bob."""
    given.dataset(
        "trees",
        owner=cast.alice,
        title="Tree cover",
        shared_with=[cast.bob],
        versions=["Release 1.1"],
        assets=[
            {
                "kind": "S3 Bucket",
                "format": "csv",
                "name": "Loss",
                "description": "Lost *trees*.",
                "uri": "https://data.example/loss.csv?a=1&b=2",
                "size_bytes": 412_345,
                "metadata": {"spatial_resolution": 30, "band_names": ["a"]},
                "fields": [
                    {"name": "iso", "data_type": "string", "alias": "Country", "unit": "code"},
                    {"name": "year"},
                ],
            },
            {"kind": "pending", "name": "Later", "status": "pending", "uri": "s3://bucket/<b>"},
            {"kind": "link", "name": "Wide", "fields": [f"f{number}" for number in range(450)]},
        ],
    )
    rows = browser_of("alice").page("/assets").find("li", "asset_row")
    uuids = {text_of(row.find("h2/a")): row.get("data-uuid") for row in rows}
    return uuids.__getitem__


def test_tells_what_is_known(browser_of, uuid_of):
    page = browser_of("bob").page(f"/assets/{uuid_of('Loss')}")
    facts = [text_of(fact) for fact in page.find("div", "fact_row__fact")]
    assert (page.heading, page.texts("span", "badge")) == ("Loss", ["Shared with you"])
    assert facts[:5] == [
        "Kind S3 Bucket",
        "Format csv",
        "Version Release 1.1 v1.1, 1.1.0",
        "Size 412 kB",
        "Columns 2",
    ]
    assert page.texts("p", "page_head__lead") == ["Lost trees."]
    assert [text_of(row) for row in page.find("tr", "field_table__row")] == [
        "iso string Country Unit code",
        "year type not stated Not described.",
    ]
    assert page.link("Tree cover") == "/datasets/trees"
    assert page.links()["https://data.example/loss.csv?a=1&b=2"]
    assert "Spatial resolution" in [text_of(term) for term in page.find("dt", "record__term")]


def test_an_address_that_no_browser_follows_is_no_link(browser_of, uuid_of):
    page = browser_of("bob").page(f"/assets/{uuid_of('Later')}")
    assert page.texts("span", "badge") == ["Shared with you", "pending"]
    assert "s3://bucket/<b>" in page.texts("p", "address")[0]
    assert not [href for href in page.links() if href.startswith("s3:")]


def test_says_where_nothing_is_known(browser_of, uuid_of):
    page = browser_of("bob").page(f"/assets/{uuid_of('Wide')}")
    assert "The record does not say." in page.texts("p", "quiet")


def test_many_columns_come_in_pages(browser_of, uuid_of):
    bob = browser_of("bob")
    first = bob.page(f"/assets/{uuid_of('Wide')}")
    assert (len(first.find("tr", "field_table__row")), first.texts("p", "pager__place")) == (200, ["1–200 of 450"])
    second = bob.page(first.link("Next page"))
    assert text_of(second.find("tr", "field_table__row")[0]) == "f200 type not stated Not described."
    assert second.link("Next page") == f"/assets/{uuid_of('Wide')}?page=3"
    past = bob.page(f"/assets/{uuid_of('Wide')}?page=9&size=3")
    assert past.texts("p", "empty__sentence") == ["Page 9 is past the end of this list: there are 3 pages."]
    assert past.notes == ["“size” is nothing that this page can be asked for."]


@pytest.mark.parametrize("who", ["carol", None])
def test_hides_an_asset_of_a_dataset_that_is_not_theirs_to_see(browser_of, uuid_of, who):
    reader = browser_of(who)
    hidden = reader.get(f"/assets/{uuid_of('Loss')}")
    unknown = reader.get("/assets/00000000-0000-4000-8000-000000000000")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert _UUID.sub("uuid", without_tokens(hidden)) == _UUID.sub("uuid", without_tokens(unknown))
