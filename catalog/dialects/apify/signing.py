"""Signed addresses of a dataset's items: who bears one reads them without a token, until it expires."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from string import ascii_letters, digits

from flask import current_app

from catalog.clock import now

# The form that the clients write: `base64url("0.EXPIRES.MAC")`, EXPIRES in milliseconds and 0 for never.
_VERSION = "0"
_ALPHABET = digits + ascii_letters
# Hexadecimal digits of the HMAC that are kept.
_KEPT = 30
# No signature is longer, so that nothing long is read.
_LONGEST = 200


def signing_key(public_id: str) -> str:
    """The key with which addresses of this dataset are signed; whoever may revise it is shown the key."""
    return _hmac(str(current_app.secret_key), f"apify-items.{public_id}")


def signature(public_id: str) -> str:
    """A signature for the items of this dataset that never expires."""
    written = f"{_VERSION}.0.{_mac(public_id, '0')}"
    return urlsafe_b64encode(written.encode()).decode().rstrip("=")


def is_signature(given: str, public_id: str) -> bool:
    """Whether `given` is a signature for this dataset that has not expired."""
    if len(given) > _LONGEST or not given.isascii():
        return False
    try:
        written = urlsafe_b64decode(given.rstrip("=") + "=" * (-len(given.rstrip("=")) % 4)).decode("ascii")
    except (NotBase64, ValueError):
        return False
    version, _, rest = written.partition(".")
    expires, _, mac = rest.partition(".")
    if version != _VERSION or not expires.isdigit():
        return False
    is_right = hmac.compare_digest(mac, _mac(public_id, expires))
    return is_right and (int(expires) == 0 or int(expires) > now().timestamp() * 1000)


def _mac(public_id: str, expires: str) -> str:
    return _base62(int(_hmac(signing_key(public_id), f"{_VERSION}.{expires}.{public_id}")[:_KEPT], 16))


def _hmac(key: str, message: str) -> str:
    return hmac.new(key.encode(), message.encode(), "sha256").hexdigest()


def _base62(number: int) -> str:
    written = ""
    while number:
        number, digit = divmod(number, len(_ALPHABET))
        written = _ALPHABET[digit] + written
    return written or _ALPHABET[0]
