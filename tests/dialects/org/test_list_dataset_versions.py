"""GET /api/v1/org/{org}/datasets/{name}/versions: the versions of a dataset as texts, the latest one first."""

from tests.dialects.org.conftest import Asked
from tests.support.given import Given

VERSIONS = "/org/acme/datasets/trees/versions"


def test_names_them_by_number_with_the_latest_first(given: Given, alice, acme, asked: Asked):
    given.dataset("trees", owner=alice, organization=acme, versions=["1.9", "1.10", "2017-04-07", "1.2.3"])
    answer = asked(VERSIONS)
    assert (answer.status_code, answer.json) == (200, {"versions": ["2017.4.7", "1.10.0", "1.9.0", "1.2.3"]})


def test_the_first_one_is_what_the_dataset_shows(given: Given, alice, acme, asked: Asked):
    given.dataset("trees", owner=alice, organization=acme, versions=["1.0", {"label": "0.5", "is_latest": True}])
    versions = asked(VERSIONS).json["versions"]
    assert versions == ["0.5.0", "1.0.0"]
    assert asked("/org/acme/datasets/trees").json["version"] == versions[0]


def test_a_dataset_without_any_has_the_one_that_its_row_shows(given: Given, alice, acme, asked: Asked):
    given.dataset("trees", owner=alice, organization=acme)
    assert asked(VERSIONS).json == {"versions": ["0.0.0"]}


def test_a_former_name_will_do(given: Given, alice, acme, asked: Asked):
    given.rename(given.dataset("woods", owner=alice, organization=acme, versions=["1.0"]), "trees")
    assert asked("/org/acme/datasets/woods/versions").json == {"versions": ["1.0.0"]}


def test_does_not_exist_for_those_who_may_not_see_it(given: Given, alice, bob, carol, acme, asked: Asked):
    given.dataset("trees", owner=alice, organization=acme, shared_with=[bob])
    assert [asked(VERSIONS, by=who).status_code for who in (alice, bob, carol)] == [200, 200, 404]
    assert asked("/org/nobody/datasets/trees/versions").status_code == 404


def test_sends_nothing_anew_that_the_caller_holds(client, given: Given, alice, acme):
    given.dataset("trees", owner=alice, organization=acme, versions=["1.0"])
    token = given.token(alice)
    tag = client.get(f"/api/v1{VERSIONS}", token=token).headers["ETag"]
    again = client.get(f"/api/v1{VERSIONS}", token=token, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
