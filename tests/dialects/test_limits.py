"""Who asks too often: callers are counted by token, else by address; a network of IPv6 is one address."""

import pytest

from tests.support.callers import Browser, Script
from tests.support.given import Given
from tests.support.groups import EITHER

pytestmark = EITHER

LISTS = ("/datasets", "/assets", "/dataset/trees", "/v2/datasets", "/api/v1/org/acme/datasets")
SENTENCE = "You have exceeded the rate limit. Please try again later."


def asked_from(client: Script, address: str, path: str, **more) -> int:
    return client.get(path, environ_base={"REMOTE_ADDR": address}, **more).status_code


@pytest.fixture
def limited(app_with) -> Script:
    """A script at a catalog that takes one request at a time."""
    return Script(app_with(rate_limit=0.5, rate_limit_loopback=True))


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("kind", ["wrong", "expired", "revoked"])
def test_a_token_that_does_not_work_is_counted_by_its_address(limited: Script, given: Given, clock, path, kind):
    alice = given.user("alice")
    working = given.token(alice)
    tokens = {
        "wrong": lambda: "catalog_" + "a" * 43,
        "expired": lambda: given.token(alice, days=1),
        "revoked": lambda: given.revoked_token(alice),
    }
    token = tokens[kind]()
    clock.tick(days=2)
    assert asked_from(limited, "192.0.2.1", path, token=token) == 401
    answer = limited.get(path, token=token, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert (answer.status_code, SENTENCE in answer.text, "Retry-After" in answer.headers) == (429, True, True)
    assert asked_from(limited, "192.0.2.1", path, token=token + "b") == 429
    assert asked_from(limited, "192.0.2.2", path, token=token) == 401
    assert asked_from(limited, "192.0.2.1", path, token=working) in (200, 404)


COUNTED = {
    "gfw": ("/datasets", "/dataset/trees/v1/nothing/there", "/asset"),
    "org": ("/api/v1/health", "/downloads/of-nothing", "/api/v1/nothing", "/api/v1/user"),
    "apify": ("/v2/datasets", "/v2/nothing"),
}


@pytest.mark.parametrize(("dialect", "path"), [(key, path) for key, paths in COUNTED.items() for path in paths])
def test_who_shows_no_token_is_counted_by_address_wherever_a_dialect_answers(limited: Script, dialect: str, path: str):
    first = asked_from(limited, "192.0.2.1", path)
    answer = limited.get(path, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert first in (200, 401, 404)
    assert (answer.status_code, SENTENCE in answer.text, "Retry-After" in answer.headers) == (429, True, True)
    assert asked_from(limited, "192.0.2.2", path) == first
    others = [asked_from(limited, "192.0.2.1", path) for path in COUNTED[dialect]]
    assert others == [429] * len(others), "all of a dialect is counted together"
    elsewhere = {key: asked_from(limited, "192.0.2.1", paths[0]) for key, paths in COUNTED.items() if key != dialect}
    assert 429 not in elsewhere.values()


@pytest.mark.parametrize("path", LISTS)
def test_a_token_is_counted_for_itself_from_wherever_it_comes(limited: Script, given: Given, path: str):
    one, other = (given.token(given.user(name)) for name in ("alice", "bob"))
    first = asked_from(limited, "192.0.2.1", path, token=one)
    assert first in (200, 404)
    assert [asked_from(limited, f"192.0.2.{n}", path, token=one) for n in (1, 2)] == [429, 429]
    assert asked_from(limited, "192.0.2.1", path, token=other) == first


@pytest.mark.parametrize("path", [path for paths in COUNTED.values() for path in paths])
def test_this_machine_is_counted_where_it_is_set_alone(app_with, path: str):
    for is_counted in (False, True):
        script = Script(app_with(rate_limit=0.5, rate_limit_loopback=is_counted))
        first, *others = [asked_from(script, "127.0.0.1", path) for _ in range(3)]
        assert others == [429 if is_counted else first] * 2


@pytest.mark.parametrize("burst", [2, 4])
def test_who_rested_may_send_the_requests_of_some_seconds_at_once(app_with, burst: int):
    script = Script(app_with(rate_limit=1, rate_limit_burst=burst))
    statuses = [asked_from(script, "192.0.2.1", "/datasets") for _ in range(burst + 1)]
    assert statuses == [200] * burst + [429]


def test_a_link_to_a_download_is_refused_in_a_browser_by_a_page(app_with):
    browser = Browser(app_with(rate_limit=0.5))
    answers = [browser.get("/downloads/nothing", environ_base={"REMOTE_ADDR": "192.0.2.1"}) for _ in range(2)]
    assert [(answer.status_code, answer.mimetype) for answer in answers] == [(404, "text/html"), (429, "text/html")]


def test_a_key_that_does_not_work_is_counted_by_its_address(limited: Script):
    for path in ("/datasets?x-api-key=catalog_wrong", "/auth/apikeys?x-api-key=wrong"):
        statuses = [asked_from(limited, "192.0.2.1" + path[1], path) for _ in range(2)]
        assert statuses == [401, 429]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_a_network_of_ipv6_is_one_address(limited: Script, one: str, other: str, is_same: bool):
    assert asked_from(limited, one, "/datasets") == 200
    assert asked_from(limited, other, "/datasets") == (429 if is_same else 200)
