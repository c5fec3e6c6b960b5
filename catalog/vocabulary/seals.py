"""Ids under a seal: whoever holds one can show it again, and nobody can make another."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from itsdangerous import BadSignature, Signer

_PADDING = b"=="


def seal(uuid: UUID, key: str | bytes, *, purpose: str) -> str:
    """`uuid` as a short text for addresses, sealed with `key` for one `purpose`."""
    return Signer(key, salt=purpose).sign(urlsafe_b64encode(uuid.bytes).removesuffix(_PADDING)).decode()


def unseal(text: str, key: str | bytes, *, purpose: str) -> UUID | None:
    """The id that was sealed as `text` with the same key and purpose; None for anything else."""
    try:
        return UUID(bytes=urlsafe_b64decode(Signer(key, salt=purpose).unsign(text) + _PADDING))
    except (BadSignature, ValueError):  # among them characters that no seal has, and lone surrogates
        return None
