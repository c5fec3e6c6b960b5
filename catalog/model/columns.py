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

Key = Annotated[int, mapped_column(Integer, primary_key=True)]
Public = Annotated[str, mapped_column(String(17).with_variant(String(17, collation="C"), "postgresql"), unique=True)]
Identifier = Annotated[UUID, mapped_column(Uuid, unique=True, default=uuid4)]
Ordered = Annotated[str, mapped_column(CodePoint)]
OrderedText = Annotated[str, mapped_column(CodePointText)]


def new_public_id() -> str:
    """A random id of 17 letters and digits, as the Apify dialect shows."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(17))


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
