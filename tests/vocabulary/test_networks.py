"""Addresses of the internet, told apart by who has them."""

import pytest

from catalog.vocabulary.networks import network_of


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:DB8:0:0:ffff:ffff:ffff:ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("unix:", "unix:", True),
        ("", "x", False),
    ],
)
def test_a_network_of_ipv6_is_one_address(one: str, other: str, is_same: bool):
    assert (network_of(one) == network_of(other)) is is_same
