"""The README of each dialect names every route that the dialect answers, and none that it does not."""

import re

import pytest

from tests.support.house import ROOT

# The blueprints whose routes speak each dialect.
SPEAKING = {"gfw": ("gfw", "gfw_absent", "front_desk"), "apify": ("apify",), "org": ("org",)}
_NAMED = re.compile(r"`(GET|POST|PUT|PATCH|DELETE) (/[^\s`]*)`")
_METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


@pytest.mark.parametrize("dialect", SPEAKING)
def test_the_readme_names_every_route_and_no_other(house, dialect):
    text = (ROOT / "catalog" / "dialects" / dialect / "README.md").read_text(encoding="utf-8")
    named = {(method, path.split("?")[0]) for method, path in _NAMED.findall(text)}
    routes = [
        (rule.endpoint.split(".")[0], method, re.sub(r"<(?:[^:>]*:)?([^>]*)>", r"{\1}", rule.rule))
        for rule in house.url_map.iter_rules()
        for method in rule.methods & _METHODS
    ]
    answered = {(method, path) for room, method, path in routes if room in SPEAKING[dialect]}
    all_ = {(method, path) for _, method, path in routes}
    odd = (answered - named, named - all_)
    missing, absent = ([f"`{method} {path}`" for method, path in sorted(some)] for some in odd)
    assert (missing, absent) == ([], []), f"catalog/dialects/{dialect}/README.md: name the first, and not the others"
