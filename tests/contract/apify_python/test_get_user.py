"""`client.user(…).get()`: oneself and others."""

import pytest


def test_tells_one_who_one_is(stand, calling):
    user = calling(stand.tokens["reader"], lambda client: client.user().get())
    assert (user.id, user.username) == (stand.people["alice"].public_id, "alice")
    assert (user.email, user.profile.name) == ("alice@example.org", "Alice Archer")
    assert user.created_at is not None


@pytest.mark.parametrize("form", ["alice", "{alice}"])
def test_tells_of_others_who_they_are_and_no_more(stand, calling, form):
    name = form.format(alice=stand.people["alice"].public_id)
    user = calling(stand.tokens["bob"], lambda client: client.user(name).get())
    assert (user.id, user.username, user.profile.name) == (stand.people["alice"].public_id, "alice", "Alice Archer")
    assert user.email is None


def test_nobody_is_none(stand, calling):
    assert calling(stand.tokens["bob"], lambda client: client.user("nobody").get()) is None
