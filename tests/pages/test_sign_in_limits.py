"""Wrong passwords: the first cost nothing, each further one a longer wait, and nobody elsewhere waits for it."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from catalog.changes import failures
from catalog.db import db
from catalog.errors import TooMany
from catalog.model import Failure
from tests.support.callers import Browser, Script
from tests.support.given import PASSWORD
from tests.support.groups import EITHER
from tests.support.pages import text_of

pytestmark = EITHER


class Guesser:
    """Somebody at one address who tries passwords."""

    def __init__(self, app, address="192.0.2.7"):
        self._browser, self.address = Browser(app), address
        page = self._browser.page("/sign-in")
        self._token = next(one for one in page.root.iter("input") if one.get("name") == "csrf_token").get("value")

    def answer(self, name, password, **headers):
        fields = {"name": name, "password": password, "csrf_token": self._token}
        base = {"REMOTE_ADDR": self.address}
        return self._browser.post("/sign-in", data=fields, environ_overrides=base, headers=headers)

    def tries(self, name, password="wrong", times=1):
        return [self.answer(name, password).status_code for _ in range(times)]


@pytest.fixture
def guesser(app, clock, cast):
    return Guesser(app)


def waits(app, clock, name, times):
    """How long it has to wait before each of so many wrong passwords, in seconds."""
    guesser, seconds = Guesser(app), []
    for _ in range(times):
        answer = guesser.answer(name, "wrong")
        seconds.append(int(answer.headers.get("Retry-After", 0)))
        if answer.status_code == 429:
            clock.tick(seconds=seconds[-1])
            answer = guesser.answer(name, "wrong")
        assert answer.status_code == 422
    return seconds


def test_the_first_five_cost_nothing_and_the_sixth_a_second(guesser, clock):
    assert guesser.tries("alice", times=7) == [422] * 6 + [429]
    assert guesser.tries("alice", PASSWORD) == [429]
    clock.tick(seconds=1)
    assert guesser.tries("alice", PASSWORD) == [303]


def test_each_further_one_doubles_the_wait_up_to_the_longest(app_with, cast, clock):
    app = app_with(sign_in_attempts=1, sign_in_delay=5)
    guesser, seen = Guesser(app), []
    assert guesser.tries("alice") == [422]
    for _ in range(5):
        assert guesser.tries("alice") == [422]
        seen.append(int(guesser.answer("alice", "wrong").headers["Retry-After"]))
        clock.tick(seconds=seen[-1])
    assert seen == [1, 2, 4, 5, 5]


def test_a_refusal_does_not_lengthen_the_wait(guesser, clock):
    guesser.tries("alice", times=6)
    assert guesser.tries("alice", times=20) == [429] * 20
    clock.tick(seconds=1)
    assert guesser.tries("alice", PASSWORD) == [303]


def test_the_right_password_clears_what_was_counted(guesser, app):
    assert guesser.tries("alice", times=5) == [422] * 5
    assert guesser.tries("alice", PASSWORD) == [303]
    assert Guesser(app).tries("alice", times=7) == [422] * 6 + [429]


def test_a_day_without_one_clears_it_and_what_is_old_is_removed(guesser, app, clock):
    guesser.tries("alice", times=6)
    guesser.tries("bob", times=3)
    clock.tick(days=1, seconds=1)
    assert guesser.tries("alice", times=7) == [422] * 6 + [429]
    with app.app_context():
        assert db.session.scalar(select(func.count(Failure.key))) == 1


@pytest.mark.parametrize(("hours", "expected"), [(1, [422, 429]), (2, [422, 422, 429])])
def test_the_operator_says_how_long_wrong_passwords_are_remembered(app_with, cast, clock, hours, expected):
    guesser = Guesser(app_with(sign_in_memory_hours=2, sign_in_attempts=1))
    assert guesser.tries("alice", times=3) == [422, 422, 429]
    clock.tick(hours=hours, seconds=1)
    assert guesser.tries("alice", times=len(expected)) == expected


def test_nobody_else_waits(guesser, app):
    for name in ("alice", *(f"nobody-{number}" for number in range(20))):
        guesser.tries(name, times=7)
    assert guesser.tries("bob", PASSWORD) == [303]
    assert Guesser(app, "192.0.2.8").tries("alice", PASSWORD) == [303]


def test_unknown_and_disabled_names_wait_the_same(app_with, given, cast, clock):
    given.user("dora", password=PASSWORD)
    given.disable(cast.carol)
    app = app_with(sign_in_attempts=2, sign_in_delay=60)
    known, *others = (waits(app, clock, name, 6) for name in ("alice", "nobody", "carol", "dora@example.org"))
    assert known == [0, 0, 0, 1, 2, 4]
    assert others == [known] * 3


@pytest.mark.parametrize("name", ["ALICE", " alice ", "Alice"])
def test_a_name_counts_however_it_is_written(guesser, name):
    assert guesser.tries(name, times=3) + guesser.tries("alice", times=4) == [422] * 6 + [429]


def test_a_hasty_password_is_not_looked_at(guesser, monkeypatch):
    guesser.tries("alice", times=6)
    monkeypatch.setattr(PasswordHasher, "verify", lambda *given: pytest.fail("it was looked at"))
    assert guesser.tries("alice", PASSWORD) == [429]


def test_says_on_the_form_when_to_come_back_and_keeps_the_name(guesser):
    guesser.tries("alice", times=6)
    answer = guesser.answer("alice", PASSWORD)
    page = answer.page
    assert (answer.status_code, answer.headers["Retry-After"], page.title) == (429, "1", "Error: Sign in")
    summary = [text_of(item) for item in page.find("div", "error_summary", then="li")]
    assert summary == ["Too many wrong passwords. Try again in 1 second"]
    fields = {one.get("name"): one.get("value") for one in page.root.iter("input")}
    assert (fields["name"], fields["password"]) == ("alice", "")


def test_behind_a_proxy_the_address_is_the_caller_s(app_with, cast, clock):
    guesser = Guesser(app_with(proxy_hops=1), "127.0.0.1")
    for _ in range(7):
        last = guesser.answer("alice", "wrong", **{"X-Forwarded-For": "203.0.113.5"})
    assert last.status_code == 429
    assert guesser.answer("alice", PASSWORD, **{"X-Forwarded-For": "203.0.113.6"}).status_code == 303


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("unix:", None, False),
    ],
)
def test_a_network_of_ipv6_is_one_address(app, one, other, is_same):
    with app.app_context():
        assert (failures.counts_of("alice", one) == failures.counts_of("alice", other)) is is_same
        assert failures.counts_of("alice", one)[0] != failures.counts_of("bob", one)[0]


def test_of_many_sent_at_once_no_more_are_told_from_wrong_than_one_by_one(app, clock):
    """All of them pass before the first is counted; from then on the others are refused, right ones too."""
    with app.app_context():
        counts = failures.counts_of("alice", "192.0.2.7")
        for _ in range(5):
            failures.settle(counts, is_right=False)
        failures.refuse_hasty(counts)
        failures.settle(counts, is_right=False)
        for is_right in (False, True):
            with pytest.raises(TooMany):
                failures.settle(counts, is_right=is_right)
        assert [db.session.get(Failure, count.key).number for count in counts] == [6]


@pytest.mark.parametrize("name", ["\0", "\udc80", "x" * 10_000, ""])
def test_any_name_can_be_counted(app, name):
    with app.app_context():
        assert [len(count.key) for count in failures.counts_of(name, None)] == [32]


# Of one address, whatever the name


@pytest.fixture
def strict(app_with, cast, clock):
    """A catalog where four wrong passwords from one address cost nothing."""
    return app_with(sign_in_network_attempts=4, sign_in_delay=60)


@pytest.fixture
def sprayer(strict):
    """Somebody at one address who tries a password with one name after another."""
    return Guesser(strict)


def test_who_tries_many_names_waits_too_and_the_right_password_works_then(sprayer, clock):
    assert [sprayer.tries(f"name{n}") for n in range(6)] == [[422]] * 5 + [[429]]
    assert sprayer.tries("alice", PASSWORD) == [429]
    clock.tick(seconds=1)
    assert sprayer.tries("alice", PASSWORD) == [303]


def test_each_further_name_doubles_the_wait_and_a_right_password_forgives_none(strict, sprayer, clock):
    seen = []
    for n in range(8):
        assert sprayer.tries(f"name{n}") == [422]
        seen.append(int(Guesser(strict).answer("alice", PASSWORD).headers.get("Retry-After", 0)))
        clock.tick(seconds=seen[-1])
        assert Guesser(strict).tries("alice", PASSWORD) == [303]
    assert seen == [0, 0, 0, 0, 1, 2, 4, 8]


@pytest.mark.parametrize("address", ["192.0.2.8", "2001:db8::1"])
def test_nobody_of_another_address_waits_for_it(sprayer, address):
    for n in range(6):
        sprayer.tries(f"name{n}")
    sprayer.address = address
    assert sprayer.tries("alice", PASSWORD) == [303]


def test_a_day_without_a_wrong_password_forgets_those_of_an_address(sprayer, clock):
    for n in range(5):
        sprayer.tries(f"name{n}")
    clock.tick(days=1, seconds=1)
    assert [sprayer.tries(f"name{n}") for n in range(6)] == [[422]] * 5 + [[429]]


def test_this_machine_is_not_counted_so_and_nobody_is_where_it_is_off(app_with, cast, clock):
    here = Guesser(app_with(sign_in_network_attempts=1), "127.0.0.1")
    off = Guesser(app_with(sign_in_network_attempts=0))
    for guesser in (here, off):
        assert [guesser.tries(f"name{n}") for n in range(6)] == [[422]] * 6


def test_the_token_of_a_password_waits_for_it_too(app_with, cast, clock):
    script, seen = Script(app_with(sign_in_network_attempts=2)), []
    for name in ("nona", "emil", "dora", "alice"):
        form = {"username": name, "password": PASSWORD if name == "alice" else "wrong"}
        seen.append(script.post("/auth/token", data=form, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code)
    assert seen == [401, 401, 401, 429]


def test_a_wrong_present_password_counts_too(app, browser_of, clock):
    alice = browser_of("alice")
    fields = {"present": "wrong", "password": "blue whale under piano", "again": "blue whale under piano"}
    seen = [alice.submit("/account/password", **fields).status_code for _ in range(7)]
    assert seen == [422] * 6 + [429]
    assert alice.submit("/account/password", **(fields | {"present": PASSWORD})).status_code == 429
    clock.tick(seconds=1)
    assert alice.submit("/account/password", **(fields | {"present": PASSWORD})).status_code == 303
