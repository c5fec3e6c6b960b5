"""Column types and ids that several tables share."""

import secrets
import string
from enum import StrEnum
from typing import Annotated
from uuid import UUID, uuid4

from sqlalchemy import Enum, ForeignKey, Integer, String, Uuid
from sqlalchemy.orm import mapped_column

from catalog.db import CodePoint, CodePointText

_ALPHABET = string.ascii_letters + string.digits
_LENGTH = 17
# What the 17th digit of a random UUID may be.
_VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}

Key = Annotated[int, mapped_column(Integer, primary_key=True)]
Public = Annotated[str, mapped_column(String(17).with_variant(String(17, collation="C"), "postgresql"), unique=True)]
Identifier = Annotated[UUID, mapped_column(Uuid, unique=True, default=uuid4)]
Ordered = Annotated[str, mapped_column(CodePoint)]
OrderedText = Annotated[str, mapped_column(CodePointText)]


def new_public_id() -> str:
    """A random id of 17 letters and digits, as the Apify dialect shows."""
    number = secrets.randbelow(len(_ALPHABET) ** _LENGTH)  # asking for chance once is cheaper than for each character
    characters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        characters.append(_ALPHABET[place])
    return "".join(characters)


def new_identifiers(number: int) -> list[str]:
    """Random UUIDs as hex, the first 32 bits of all alike.

    Rows that are written together then lie together in an index by them, which grows by pages instead of being
    rewritten all over.
    """
    beginning, chance = secrets.token_hex(4), secrets.token_hex(12 * number)
    endings = (chance[at : at + 24] for at in range(0, 24 * number, 24))
    return [f"{beginning}{one[:4]}4{one[5:8]}{_VARIANT[one[8]]}{one[9:]}" for one in endings]


def word(kind: type[StrEnum]) -> Enum:
    """A column that holds one of the words of `kind`, as text."""
    return Enum(
        kind,
        native_enum=False,
        length=20,
        values_callable=lambda k: [member.value for member in k],
        name=kind.__name__.lower(),
    )


def of(target: str, *, on_delete: str = "CASCADE") -> ForeignKey:
    """A reference to another row, gone with it unless said otherwise."""
    return ForeignKey(target, ondelete=on_delete)
