"""The cast of the pages: Alice owns, Bob is shared with, Carol is a stranger."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.support.callers import Browser
from tests.support.given import PASSWORD, Given, Party


@dataclass(frozen=True)
class Cast:
    """The people of a test."""

    alice: Party
    bob: Party
    carol: Party


@pytest.fixture
def cast(given: Given) -> Cast:
    """Three people who can sign in."""
    return Cast(
        given.user("alice", password=PASSWORD, title="Alice Almeida"),
        given.user("bob", password=PASSWORD, email="bob@example.org"),
        given.user("carol", password=PASSWORD),
    )


@pytest.fixture
def browser_of(app: Flask, cast: Cast) -> Callable[[str | None], Browser]:
    """A browser in which that person of the cast is signed in; a visitor's for None."""

    def browser_of(handle: str | None) -> Browser:
        browser = Browser(app)
        if handle is not None:
            assert browser.sign_in(handle, PASSWORD).status_code == 303
        return browser

    return browser_of
