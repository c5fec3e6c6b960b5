"""Addresses of the internet, told apart by who has them."""

from ipaddress import IPv6Address, ip_address

# A network gives one household or one machine this much of an address of IPv6, so any address in it is the same one.
_NETWORK = 64


def network_of(address: str) -> str:
    """What stands for everybody behind `address`: one of IPv4 is its own, one of IPv6 goes with those of its network.

    What is no address stands for itself.
    """
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(int(known) >> (128 - _NETWORK))


def is_remote(address: str) -> bool:
    """Whether `address` is one of another machine; what is no address is of none."""
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return not (getattr(known, "ipv4_mapped", None) or known).is_loopback
