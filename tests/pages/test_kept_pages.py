"""Pages that are made once: sent again when something changed, and never with what belongs to another session."""

import re

from tests.support.groups import EITHER

pytestmark = EITHER


def _secret(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def test_a_page_is_not_sent_again_to_who_holds_it(browser_of, given, cast):
    given.dataset("parks", owner=cast.alice, visibility="public")
    for who in (None, "bob"):
        browser = browser_of(who)
        held = browser.get("/datasets")
        held = browser.get("/datasets") if who else held  # the first one may say that somebody is signed in
        again = browser.get("/datasets", headers={"If-None-Match": held.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert {"no-cache", "private"} <= set(again.headers["Cache-Control"].split(", "))
    given.dataset("woods", owner=cast.alice, visibility="public")
    assert browser.get("/datasets", headers={"If-None-Match": held.headers["ETag"]}).status_code == 200


def test_each_session_gets_the_secret_of_its_own_forms(browser_of, cast):
    one, other = browser_of("alice"), browser_of("alice")
    pages = [browser.get("/datasets").get_data(as_text=True) for browser in (one, other, one)]
    secrets = [_secret(page) for page in pages]
    assert secrets[0] != secrets[1]
    bare = [page.replace(secret, "") for page, secret in zip(pages, secrets, strict=True)]
    assert bare[1] == bare[2]
    assert other.post("/sign-out", data={"csrf_token": secrets[1]}).status_code == 303
    assert one.post("/sign-out", data={"csrf_token": secrets[1]}).status_code == 400
    assert one.post("/sign-out", data={"csrf_token": secrets[2]}).status_code == 303


def test_what_was_said_to_one_reader_is_said_once(browser_of, cast):
    browser = browser_of("alice")
    browser.submit("/datasets", "/sign-out")
    said = [browser.get("/datasets").get_data(as_text=True).count("You are signed out.") for _ in range(2)]
    assert said == [1, 0]


def test_a_page_held_by_another_user_of_the_browser_is_sent_anew(browser_of, cast):
    held = browser_of("alice").get("/datasets").headers["ETag"]
    assert browser_of("bob").get("/datasets", headers={"If-None-Match": held}).status_code == 200
    assert browser_of(None).get("/datasets", headers={"If-None-Match": held}).status_code == 200
