"""Asks the catalog in somebody's name, through a cache that many share and that asks only for what it does not hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import orjson
from werkzeug.datastructures import Headers

from tests.support.callers import HTML
from tests.support.oracle import Actor
from tests.support.stage import Stage

JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """What came."""

    status: int
    headers: Headers
    body: bytes


@dataclass
class Memory:
    """The answers that everybody was given: by what was asked for, then by their tag."""

    held: dict[tuple[str, str], dict[str, Answer]] = field(default_factory=lambda: defaultdict(dict))


class Asking:
    """One caller on `stage`; `size` is how many rows they like on a page."""

    def __init__(self, stage: Stage, caller: Actor, memory: Memory, size: int) -> None:
        self._client = stage.app.test_client(use_cookies=False)
        self.caller, self._memory = caller, memory
        self._credentials = {"Authorization": f"Bearer {stage.secrets[caller]}"} if caller.handle else {}
        self.is_recognised = stage.world.is_recognised(caller)
        self.stage, self.size = stage, size
        self.uuids = stage.uuids()

    def uuids_of(self, uris: Iterable[str]) -> list[str]:
        """The uuids of the assets that lie there, sorted."""
        return sorted(self.uuids[uri] for uri in uris)

    def json(self, path: str) -> Any:
        """The JSON that comes with 200."""
        answer = self._get(path, JSON)
        assert answer.status == 200, f"{path}: {answer.status} {answer.body[:500]!r}"
        return orjson.loads(answer.body)

    def page(self, path: str) -> Answer:
        """What a browser gets."""
        return self._get(path, HTML)

    def status(self, path: str) -> int:
        """The status alone."""
        return self._get(path, JSON).status

    def sent(self, method: str, path: str) -> tuple[int, str | None]:
        """The status of what is sent with that method, and where it leads."""
        answer = self._client.open(path, method=method, headers={"Accept": JSON} | self._credentials)
        return answer.status_code, answer.headers.get("Location")

    def status_for_anybody(self, path: str) -> int:
        """The status alone, for a caller who shows no credentials."""
        return self._client.get(path, headers={"Accept": JSON}).status_code

    def place_for_anybody(self, path: str) -> tuple[int, str | None]:
        """The status, and where it leads a caller who shows no credentials."""
        answer = self._client.get(path, headers={"Accept": JSON})
        return answer.status_code, answer.headers.get("Location")

    def pages(self, path: str) -> Iterator[Any]:
        """The pages of a GFW list, from link to link."""
        while path:
            page = self.json(path)
            yield page
            following = urlsplit(page["links"]["next"])
            path = f"{following.path}?{following.query}" if following.query else ""

    def _get(self, path: str, accept: str) -> Answer:
        """The answer; what anybody was given is offered by its tag, and what is not sent again must be right here."""
        held = self._memory.held[path, accept]
        unless = {"If-None-Match": ", ".join(held)} if held else {}
        sent = self._client.get(path, headers={"Accept": accept} | self._credentials | unless)
        answer = Answer(sent.status_code, sent.headers, sent.get_data())
        sent.close()
        tag = sent.headers.get("ETag")
        if answer.status == 304:
            assert tag in held, f"{path}: 304 with a tag that nobody was given"
            return held[tag]
        if tag:
            held[tag] = answer
        return answer
