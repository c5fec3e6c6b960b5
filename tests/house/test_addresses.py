"""The addresses of the catalog: how they are written."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.support.callers import Script

# Both are answered with a redirect to the address without the slash.
WITH_A_SLASH = {"/", "/datasets/", "/assets/"}
# Their addresses are other people's words.
DIALECTS = {"gfw", "gfw_absent", "apify", "org"}
_PARAMETER = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module")
def rules(house):
    return list(house.url_map.iter_rules())


def test_addresses_are_small_letters_with_hyphens(rules):
    ours = {rule.rule for rule in rules if rule.endpoint.split(".")[0] not in DIALECTS}
    odd = {rule for rule in ours if not re.fullmatch(r"[a-z0-9/.-]*", _PARAMETER.sub("", rule))}
    assert odd == set(), "write addresses in small letters, words joined by hyphens"


def test_addresses_end_without_a_slash(rules):
    assert {rule.rule for rule in rules if rule.rule.endswith("/")} <= WITH_A_SLASH, "scripts do not follow 308s"


def test_a_slash_too_many_is_taken_away(house):
    client = Script(house)
    for path in sorted(WITH_A_SLASH - {"/"}):
        answer = client.get(f"{path}?page[size]=2&q=a%26b")
        location = urlsplit(answer.headers["Location"])
        assert (answer.status_code, location.path) == (307, path[:-1])
        assert parse_qsl(location.query) == [("page[size]", "2"), ("q", "a&b")]


def test_a_parameter_of_an_address_is_named_once(rules):
    for rule in rules:
        names = [given.split(":")[-1] for given in re.findall(r"<([^>]*)>", rule.rule)]
        assert len(names) == len(set(names)), rule.rule
