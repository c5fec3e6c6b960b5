"""Whoever guesses names and passwords learns neither by the words nor by the work of an answer who has an account."""

import re

import pytest
from argon2 import PasswordHasher

from tests.support.callers import Browser
from tests.support.given import PASSWORD
from tests.support.statements import watched

# Where names and passwords are taken: the address, and the field of the name.
DOORS = [
    pytest.param("/sign-in", "name", id="the sign-in"),
    pytest.param("/auth/token", "username", id="the token"),
]
# As long as one another, so that answers are.
KNOWN, UNKNOWN, DISABLED, WITHOUT, MAIL, STRANGE_MAIL = (
    "dora",
    "nona",
    "emil",
    "fred",
    "dora@a.example",
    "nona@a.example",
)
GUESSES = [
    *((KNOWN, "wrong"), (UNKNOWN, "wrong"), (DISABLED, "wrong"), (DISABLED, PASSWORD), (WITHOUT, "wrong")),
    *((WITHOUT, ""), (UNKNOWN, PASSWORD), (UNKNOWN, "nobody"), (MAIL, "wrong"), (STRANGE_MAIL, "wrong")),
]


@pytest.fixture(autouse=True)
def people(given):
    """One with a password, one whose account is closed, one who has no password."""
    given.user(KNOWN, password=PASSWORD, email=MAIL)
    given.disable(given.user(DISABLED, password=PASSWORD))
    given.user(WITHOUT)


class Guesser:
    """Somebody who sends names and passwords to one door."""

    def __init__(self, app, path, field):
        self._browser, self._path, self._field = Browser(app), path, field
        page = self._browser.page("/sign-in")
        self._token = next(one for one in page.root.iter("input") if one.get("name") == "csrf_token").get("value")

    def answer(self, name, password):
        """What comes back, without what is another in every answer: the name, tokens, the number of the request."""
        fields = {self._field: name, "password": password, "csrf_token": self._token}
        answer = self._browser.open("POST", self._path, data=fields)
        words = answer.get_data(as_text=True).replace(name, "NAME").replace(self._token, "TOKEN")
        words = re.sub(r'(name="csrf_token"[^>]*value=")[^"]+|[0-9a-f]{32}', r"\1", words)
        headers = {key: value for key, value in answer.headers if key not in ("X-Request-Id", "Content-Length")}
        return answer.status_code, headers.pop("Set-Cookie", "").partition("=")[0], headers, words


@pytest.mark.parametrize(("path", "field"), DOORS)
def test_every_wrong_guess_is_answered_alike(app, path, field):
    guesser = Guesser(app, path, field)
    answers = {guess: guesser.answer(*guess) for guess in GUESSES if guess[1]}
    first = answers[KNOWN, "wrong"]
    assert 400 <= first[0] < 500
    assert {guess: answer for guess, answer in answers.items() if answer != first} == {}


@pytest.mark.parametrize(("path", "field"), DOORS)
def test_every_wrong_guess_costs_the_same_work(app, monkeypatch, path, field):
    guesser, work = Guesser(app, path, field), []
    guesser.answer(UNKNOWN, "wrong")  # makes the hash that stands in for one of nobody, once for all
    for verb in ("verify", "hash"):
        done = getattr(PasswordHasher, verb)
        monkeypatch.setattr(
            PasswordHasher,
            verb,
            lambda *given, verb=verb, done=done: work.append((verb, _cost(given[1]))) or done(*given),
        )
    seen = {}
    for name in (KNOWN, UNKNOWN, DISABLED, WITHOUT, MAIL, STRANGE_MAIL):
        guesser.answer(name, "once before, so that each is counted already")
        work.clear()
        with watched() as statements:
            guesser.answer(name, "wrong")
        seen[name] = (tuple(work), tuple(statements))
    assert [verb for verb, _ in seen[KNOWN][0]] == ["verify"]
    assert {name: one for name, one in seen.items() if one != seen[KNOWN]} == {}


@pytest.mark.parametrize(("path", "field"), DOORS)
def test_a_name_that_nobody_has_waits_like_one_that_somebody_has(app, clock, path, field):
    seen = {}
    for name in (KNOWN, UNKNOWN, DISABLED, WITHOUT):
        guesser = Guesser(app, path, field)
        answers = [guesser.answer(name, "wrong") for _ in range(8)]
        seen[name] = [(status, headers.get("Retry-After"), words) for status, _, headers, words in answers]
    assert seen[KNOWN][-1][0] == 429
    assert {name: one for name, one in seen.items() if one != seen[KNOWN]} == {}


@pytest.mark.parametrize(("path", "field"), DOORS)
def test_the_right_password_of_a_closed_account_is_no_other_than_a_wrong_one(app, path, field):
    guesser = Guesser(app, path, field)
    assert guesser.answer(DISABLED, PASSWORD) == guesser.answer(DISABLED, "wrong")


def _cost(password_hash: str) -> str:
    """The parameters that a hash was made with, which say how much work comparing it is."""
    return password_hash.rpartition("$")[0].rpartition("$")[0]
