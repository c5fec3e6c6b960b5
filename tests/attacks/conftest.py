"""The addresses that an attacker finds, and who is attacked."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.support.callers import Browser
from tests.support.given import PASSWORD

DIALECTS = ("gfw", "gfw_absent", "apify", "org", "front_desk")
WRITING = ("POST", "PUT", "PATCH", "DELETE")
_SOME = {"UUIDConverter": "00000000-0000-4000-8000-000000000000", "IntegerConverter": "1"}


@pytest.fixture
def alice(app, given) -> Browser:
    """Alice at her browser, signed in, who owns the dataset `trees`."""
    user = given.user("alice", password=PASSWORD)
    given.dataset("trees", owner=user)
    browser = Browser(app)
    browser.sign_in("alice", PASSWORD)
    return browser


def writing_addresses(app: Flask, *, of_dialects: bool) -> Iterator[tuple[str, str]]:
    """Method and address of every route that writes, of the dialects or of everything else."""
    for rule in app.url_map.iter_rules():
        if (rule.endpoint.partition(".")[0] in DIALECTS) is of_dialects:
            for method in sorted(rule.methods & set(WRITING)):
                yield method, address_of(rule)


def address_of(rule: Rule) -> str:
    """An address that `rule` answers; what is named in it is `trees` where it can be."""
    with_values = {name: _SOME.get(type(one).__name__, "trees") for name, one in rule._converters.items()}
    return rule.build(with_values, append_unknown=False)[1]
