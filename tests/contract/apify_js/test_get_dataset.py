"""`client.dataset(…).get()`: by every form of its id."""

import pytest

from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.node_clients, ON_SQLITE]


@pytest.mark.parametrize("form", ["{trees}", "alice~trees", "ALICE/Trees", "~trees", "{alice}/trees"])
def test_finds_it_by_every_form_of_its_id(stand, calling, form):
    name = form.format(trees=stand.things["trees"].public_id, alice=stand.people["alice"].public_id)
    dataset = calling("get_dataset.mjs", "alice", id=name)["done"]
    assert (dataset["id"], dataset["name"], dataset["username"]) == (stand.things["trees"].public_id, "trees", "alice")
    assert dataset["moments"] == ["createdAt", "modifiedAt", "accessedAt"]


@pytest.mark.parametrize("form", ["trees", "carol/secrets", "nobody/trees", "AAAAAAAAAAAAAAAAA"])
def test_what_is_not_there_is_undefined(calling, form):
    assert calling("get_dataset.mjs", "bob", id=form) == {"done": None}
