"""How hard a password is to guess, said in words with what would make it harder."""

from collections.abc import Iterable
from dataclasses import dataclass

from zxcvbn_rs_py import zxcvbn

from catalog.errors import Fault, Invalid

# What follows so many characters makes no password easier to guess.
_READ = 100
_LEAST = 3
# A shorter part of a name is no name, and shorter remains are no secret.
_NAME = 3
_WORDS = ("trivial to guess", "very easy to guess", "easy to guess", "hard to guess", "very hard to guess")


@dataclass(frozen=True)
class Strength:
    """What there is to say of a password."""

    score: int
    """0 to 4, as zxcvbn counts."""
    advice: str

    @property
    def in_words(self) -> str:
        """How hard it is to guess."""
        return _WORDS[self.score]


def strength_of(password: str, about: Iterable[str | None] = ()) -> Strength:
    """How strong `password` is for somebody of whom `about` is known: names and addresses that others try first."""
    known = [part for text in about if text for part in (text, *text.replace("@", " ").split())]
    if _is_made_of(password, known):
        return Strength(0, "It is made of your name or address.")
    found = zxcvbn(_legible(password), [_legible(one) for one in known])
    hints = [found.feedback.warning, *found.feedback.suggestions] if found.feedback else []
    return Strength(int(found.score), " ".join(str(hint) for hint in hints if hint is not None))


def require_strong(password: str, about: Iterable[str | None] = ()) -> None:
    """Nothing for a password that is hard to guess; else Invalid, with advice."""
    strength = strength_of(password, about)
    if strength.score < _LEAST:
        message = f"This password is {strength.in_words}. {strength.advice}".strip()
        raise Invalid(faults=[Fault(("password",), message, "password")])


def _is_made_of(password: str, known: Iterable[str]) -> bool:
    """Whether little is left of `password` without what is known of its owner; zxcvbn overlooks what recurs."""
    left = password.casefold()
    for part in sorted((one.casefold() for one in known if len(one) >= _NAME), key=len, reverse=True):
        left = left.replace(part, "")
    return len(left) < len(password) and sum(one.isalnum() for one in left) < _NAME


def _legible(text: str) -> str:
    """`text` as the library can take it."""
    return text[:_READ].encode(errors="replace").decode()
