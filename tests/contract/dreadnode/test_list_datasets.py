"""`ApiClient.list_datasets`: filters, order, pages, public ones, and what it raises."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.dreadnode, ON_SQLITE]

_MINE = [f"acme/{name}" for name in ("alder", "beech", "cedar", "elm", "fir")]
_BY_NAME = {"sort_by": "name", "sort_dir": "asc"}


def names(packages: list[dict]) -> list[str]:
    return [package["full_name"] for package in packages]


def test_filters_reach_the_catalog(calling):
    asked = [
        ({"search": "ABOUT"}, _MINE),
        ({"name": "elm"}, ["acme/elm"]),
        ({"name": "acme/elm"}, ["acme/elm"]),
        ({"tags": ["tag-1", "nothing"]}, ["acme/beech", "acme/elm"]),
        ({"license": ["ODbL-1.0"]}, ["acme/alder"]),
        ({"task_categories": ["task-0"]}, ["acme/alder", "acme/cedar", "acme/fir"]),
        ({"format": ["csv"], "tags": ["forest"]}, ["acme/beech", "acme/elm"]),
        ({"size_category": ["10K<n<100K"]}, ["acme/fir"]),
        ({"search": "nothing like it"}, []),
    ]
    came = calling("alice", *(("list_datasets", "acme", _BY_NAME | more) for more, _ in asked))
    assert [names(packages) for packages in came] == [expected for _, expected in asked]


def test_orders_and_pages(calling):
    pages = [{**_BY_NAME, "tags": ["forest"], "limit": 2, "page": page} for page in (1, 2, 3, 4)]
    by_rows = {"sort_by": "row_count", "sort_dir": "desc", "tags": ["forest"], "limit": 200}
    *walked, rows = calling("alice", *(("list_datasets", "acme", page) for page in [*pages, by_rows]))
    assert [names(page) for page in walked] == [_MINE[:2], _MINE[2:4], _MINE[4:], []]
    assert names(rows) == _MINE[::-1]


def test_a_package_holds_what_the_row_says(calling):
    ((package,),) = calling("alice", ("list_datasets", "acme", {"name": "elm"}))
    shown = {key: package[key] for key in ("name", "full_name", "summary", "visibility", "versions", "latest_version")}
    assert shown == {
        "name": "elm",
        "full_name": "acme/elm",
        "summary": "About elms",
        "visibility": "private",
        "versions": ["1.0.0"],
        "latest_version": "1.0.0",
    }
    assert package["created_at"].endswith("Z")


def test_a_row_for_each_version_and_public_ones_when_asked(calling):
    dated, empty, public, shared, own = calling(
        "alice",
        ("list_datasets", "acme", _BY_NAME | {"name": "dated"}),
        ("list_datasets", "acme", {"name": "empty"}),
        ("list_datasets", "acme", _BY_NAME | {"include_public": True, "search": "bob/"}),
        ("list_datasets", "other", {"include_public": True, "name": "maps"}),
        ("list_datasets", "alice"),
    )
    assert [(one["latest_version"], one["visibility"]) for one in dated] == [
        ("2016.1.1", "public"),
        ("2017.4.7", "public"),
    ]
    assert [one["latest_version"] for one in empty] == ["0.0.0"]
    assert names(public) == names(shared) == ["bob/maps"]
    assert own == []


def test_whom_a_dataset_is_shared_with_sees_it_alone(calling):
    (came,) = calling("bob", ("list_datasets", "acme"))
    assert names(came) == ["acme/pulled"]


def test_raises_what_the_client_knows(calling):
    stranger, unknown, faulty = calling(
        "carol",
        ("list_datasets", "acme"),
        ("list_datasets", "nobody"),
        ("list_datasets", "other", {"sort_by": "size"}),
    )
    assert stranger == {"failed": ["RuntimeError", "403: You are not a member of “acme”."]}
    assert unknown == {"failed": ["NotFoundError", "404: There is no organization “nobody”."]}
    message = "sort_by: Input should be 'name', 'created_at', 'updated_at', 'row_count' or 'file_size_bytes'"
    assert faulty == {"failed": ["RuntimeError", f"422: {message}"]}
    ((name, _),) = [one["failed"] for one in calling("wrong", ("list_datasets", "acme"))]
    assert name == "AuthenticationError"
