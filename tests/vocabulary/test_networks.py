"""Addresses of the internet, told apart by who has them."""

import pytest

from catalog.vocabulary.networks import is_remote, network_of


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


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.1", True),
        ("2001:db8::1", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("unix:", False),
        ("", False),
    ],
)
def test_only_an_address_of_another_machine_is_remote(address: str, expected: bool):
    assert is_remote(address) is expected
