"""GET /api/v1/org/{org}/datasets/facets: what the list can be filtered by, for whoever asks."""

import pytest

from catalog.listing import version_facets
from tests.dialects.org.conftest import Asked
from tests.support.given import Given, Party
from tests.support.statements import Watch

FACETS = "/org/acme/datasets/facets"


@pytest.fixture
def shelf(given: Given, alice: Party, bob: Party, acme: Party) -> None:
    """Three datasets of acme in four rows, and a public one of Bob's."""
    given.dataset(
        "alder",
        owner=alice,
        organization=acme,
        license="CC-BY-4.0",
        tags=["forest", "Climate"],
        versions=[{"label": "1", "row_count": 5000, "task_categories": ["ranking"]}],
        assets=[{"kind": "csv", "format": "csv"}],
        subtitle="A tree",
    )
    given.dataset(
        "beech",
        owner=alice,
        organization=acme,
        license="Ask us",
        tags=["forest"],
        versions=["1", "2"],
        assets=[{"kind": "x", "format": "parquet", "version": "1"}],
    )
    given.dataset("cedar", owner=alice, organization=acme, license="You may not. " * 10)
    given.dataset("hidden", owner=alice, organization=acme, is_unnamed=True, tags=["unnamed"])
    given.dataset("maps", owner=bob, visibility="public", tags=["maps"], license="ODbL-1.0")


WHOLE = {
    "filtered_total": 4,
    "formats": ["csv", "parquet", "unknown"],
    "licenses": ["Ask us", "CC-BY-4.0"],
    "size_categories": ["1K<n<10K"],
    "tags": ["Climate", "forest"],
    "task_categories": ["ranking"],
    "total": 4,
}


@pytest.mark.usefixtures("shelf")
def test_names_every_value_in_order_with_these_keys(asked: Asked):
    answer = asked(FACETS)
    assert (answer.status_code, answer.json) == (200, WHOLE)
    assert list(answer.json) == list(WHOLE)


@pytest.mark.usefixtures("shelf")
def test_include_public_brings_those_of_everybody(asked: Asked):
    shown = asked(f"{FACETS}?include_public=true").json
    assert (shown["total"], shown["tags"]) == (5, ["Climate", "forest", "maps"])
    assert shown["licenses"] == ["Ask us", "CC-BY-4.0", "ODbL-1.0"]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "changed"),
    [
        (
            "format=csv",
            {
                "filtered_total": 1,
                "licenses": ["CC-BY-4.0"],
                "size_categories": ["1K<n<10K"],
                "tags": ["Climate", "forest"],
            },
        ),
        ("format=csv&format=parquet", {"filtered_total": 2}),
        ("tags=Climate", {"filtered_total": 1, "formats": ["csv"], "licenses": ["CC-BY-4.0"]}),
        (
            "license=Ask+us",
            {
                "filtered_total": 2,
                "formats": ["parquet", "unknown"],
                "size_categories": [],
                "tags": ["forest"],
                "task_categories": [],
            },
        ),
        (
            "size_category=1K%3Cn%3C10K",
            {"filtered_total": 1, "formats": ["csv"], "licenses": ["CC-BY-4.0"]},
        ),
        ("task_categories=ranking", {"filtered_total": 1, "formats": ["csv"], "licenses": ["CC-BY-4.0"]}),
        ("search=A+TREE", {"filtered_total": 1, "formats": ["csv"], "licenses": ["CC-BY-4.0"]}),
        (
            "tags=none+such",
            {
                "filtered_total": 0,
                "formats": [],
                "licenses": [],
                "size_categories": [],
                "task_categories": [],
            },
        ),
        ("name=alder&sort_by=nonsense&page=x", {}),
    ],
)
def test_each_filter_is_counted_as_if_nothing_were_chosen_in_it(asked: Asked, query: str, changed: dict):
    assert asked(f"{FACETS}?{query}").json == WHOLE | changed


@pytest.mark.usefixtures("shelf")
def test_filtered_total_is_the_total_of_the_list(asked: Asked):
    for query in ("", "format=csv", "tags=forest&license=Ask+us", "include_public=1&search=a", "tags=%00"):
        assert asked(f"{FACETS}?{query}").json["filtered_total"] == asked(f"/org/acme/datasets?{query}").json["total"]


@pytest.mark.usefixtures("shelf")
def test_is_for_members_and_with_include_public_for_everybody(given: Given, carol: Party, asked: Asked):
    answer = asked(FACETS, by=carol)
    detail = "You are not a member of “acme”."
    assert answer.json == {"code": 403, "detail": detail, "type": "authorization_error"}
    shown = asked(f"{FACETS}?include_public=true", by=carol).json
    assert (shown["total"], shown["tags"]) == (1, ["maps"])


def test_whoever_has_a_share_counts_it_with_include_public_alone(given: Given, alice, bob, acme, asked: Asked):
    given.dataset("alder", owner=alice, organization=acme, tags=["forest"], shared_with=[bob])
    assert asked(FACETS, by=bob).status_code == 403
    assert asked(f"{FACETS}?include_public=1", by=bob).json["tags"] == ["forest"]


@pytest.mark.usefixtures("shelf")
def test_a_users_own_are_for_that_user(alice, bob, asked: Asked):
    assert asked("/org/bob/datasets/facets", by=bob).json["tags"] == ["maps"]
    assert asked("/org/bob/datasets/facets?include_public=1", by=alice).status_code == 403
    assert asked("/org/nobody/datasets/facets?include_public=1").status_code == 404


def test_an_empty_organization_has_nothing_to_choose(asked: Asked):
    assert asked(FACETS).json == {
        "filtered_total": 0,
        "formats": [],
        "licenses": [],
        "size_categories": [],
        "tags": [],
        "task_categories": [],
        "total": 0,
    }


def test_refuses_what_pydantic_would(asked: Asked):
    answer = asked(f"{FACETS}?include_public=maybe")
    assert (answer.status_code, answer.json["errors"][0]["loc"]) == (422, ["query", "include_public"])


def test_of_very_many_values_the_most_frequent_are_named(given, alice, acme, asked: Asked, monkeypatch):
    monkeypatch.setattr(version_facets, "MOST_VALUES", 2)
    given.datasets(["one", "two"], owner=alice, organization=acme, tags=["z"])
    given.datasets(["three"], owner=alice, organization=acme, tags=["b", "a"])
    assert asked(FACETS).json["tags"] == ["a", "z"]


@pytest.mark.usefixtures("shelf")
def test_costs_a_few_statements(given: Given, alice: Party, client, statements: Watch):
    token = given.token(alice)
    with statements() as seen:
        assert client.get(f"/api/v1{FACETS}?include_public=1&tags=forest", token=token).status_code == 200
    assert len(seen) <= 8


@pytest.mark.usefixtures("shelf")
def test_sends_nothing_anew_that_the_caller_holds(client, given: Given, alice: Party):
    token = given.token(alice)
    tag = client.get(f"/api/v1{FACETS}", token=token).headers["ETag"]
    assert client.get(f"/api/v1{FACETS}", token=token, headers={"If-None-Match": tag}).status_code == 304
