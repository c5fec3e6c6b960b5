"""Who asks too often: whoever comes with a wrong token is counted by address, and a network of IPv6 is one address."""

import pytest

from tests.support.callers import Script
from tests.support.given import Given

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
