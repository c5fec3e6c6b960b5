"""`create_api_key`: a password gives a token, the token a key, and the key opens what its owner may see."""

import pytest

from tests.contract.openepi.conftest import run
from tests.support.groups import ON_SQLITE

pytestmark = [pytest.mark.openepi, ON_SQLITE]


def test_makes_a_key_that_opens_what_one_may_see(stand, calling):
    (key,) = calling(("create_api_key", "nightly", "Forest", ["*.example.org"]))
    assert (key["status"], key["alias"], key["organization"], key["domains"]) == (
        "success",
        "nightly",
        "Forest",
        ["*.example.org"],
    )
    (opened,) = calling(("get_dataset with a key", "secrets", key["api_key"]))
    assert opened["dataset"] == "secrets"


def test_a_wrong_password_is_told_so(stand):
    wrong = {"gfw_email": "alice@example.org", "gfw_password": "wrong horse battery"}
    (came,) = run(stand.url, ("create_api_key", "nightly", "Forest"), **wrong)
    assert came["failed"] == ["ValueError", "Failed to get access token: Authentication failed"]
