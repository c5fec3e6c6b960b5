"""What each caller may do and see at each route: rows for `tests/access/test_every_route.py`, a module a room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.callers import HTML

JSON = "application/json"
PEOPLE = ("alice", "bob", "carol", "administrator")
GOOD_TOKENS = ("read", "write")
BAD_TOKENS = ("expired", "revoked", "wrong", "disabled")
CALLERS = ("anonymous", *PEOPLE, *GOOD_TOKENS, *BAD_TOKENS, "cookie")
"""`read` and `write` are tokens of Alice's, `cookie` is her session; people come by session to pages, else by token."""
WHO_MAY_KNOW = {"alice", "bob", "read", "write", "cookie"}
"""Alice, who owns the dataset, and Bob, with whom it is shared; its slug is in no answer to anybody else."""


@dataclass(frozen=True)
class Row:
    """A route at one address: the status for each caller, and who is told of the dataset in the body."""

    route: str
    path: str
    """Where; in braces what the stand knows, such as `{asset}`: see `Stand.names`."""
    statuses: dict[str, int]
    told: set[str] = field(default_factory=set)
    accept: str = HTML
    takes_cookie: bool = True
    json: Any = None
    """What is sent as JSON."""
    form: Mapping[str, str] | None = None
    """What is sent as a form; those who come by session send it with the token of their session."""

    @property
    def method(self) -> str:
        """The method of the route."""
        return self.route.split()[0]


def everybody(status: int, *, bad: int | None = None, **others: int) -> dict[str, int]:
    """`status` for all callers but those named; `bad` is for every token that does not work."""
    return dict.fromkeys(CALLERS, status) | (dict.fromkeys(BAD_TOKENS, bad) if bad else {}) | others


OPEN = everybody(200, bad=401)
ONLY_THOSE_WHO_MAY_KNOW = everybody(404, bad=401) | dict.fromkeys(WHO_MAY_KNOW, 200)
SIGNED_IN = everybody(200, bad=401, anonymous=401, cookie=401)
WITHOUT_FORM = everybody(400)
BY_TOKEN = WHO_MAY_KNOW - {"cookie"}
