"""No secret reaches a log, however it was spelled."""

import pytest

from catalog.ops.logs import _legible, redacted

ADDRESSES = [
    "/v2/datasets?token=plainsecret",
    "/v2/datasets?limit=1&token=plainsecret&x=1",
    "/sign-in?next=/v2/datasets%3Ftoken%3Dplainsecret",
    "/sign-in?next=%252Fv2%252Fdatasets%253Ftoken%253Dplainsecret",
    "/v2/datasets?to%6ben=plainsecret",
    "/datasets?x-api-key=plainsecret",
    "/datasets?apikey=plainsecret",
    "/x?access_token=plainsecret",
    "/auth/apikey/plainsecret/validate",
    "/auth/apikey/plain%2Fplainsecret",
    "/downloads/plainsecret",
    "/catalog/downloads/plainsecret?x=1",
    "/do%77nloads%2Fplainsecret",
    "/sign-in?next=%2Fdownloads%2Fplainsecret",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_are_logged_without_secrets(address):
    assert "plainsecret" not in _legible(address)


@pytest.mark.parametrize(
    "line",
    [
        "Authorization: Bearer plainsecret",
        "X-API-Key: plainsecret",
        "{'Cookie': 'a=plainsecret'}",
        "catalog_" + "a" * 30,
    ],
)
def test_whatever_is_logged_goes_without_secrets(line):
    assert "plainsecret" not in redacted(line)
    assert "a" * 30 not in redacted(line)


def test_an_address_stays_on_its_line():
    assert "\n" not in _legible("/x?q=%0aINFO%20forged")
