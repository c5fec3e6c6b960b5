"""Asks the catalog in somebody's name as a careful client does, who asks for what it holds only if it changed."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from tests.support.callers import HTML


class Memory:
    """The answers that callers hold, by who asked for what."""

    def __init__(self) -> None:
        self.held: dict[tuple[str | None, str, str], TestResponse] = {}


class Asking:
    """One caller: with the token `secret`, or nobody; `size` is how many rows they like on a page."""

    def __init__(
        self, app: Flask, secret: str | None, memory: Memory, *, is_recognised: bool = True, size: int = 3
    ) -> None:
        self._client = app.test_client(use_cookies=False)
        self._secret, self._memory = secret, memory
        self.is_recognised, self.size = is_recognised, size

    def json(self, path: str) -> dict:
        """The JSON that comes with 200."""
        answer = self._get(path, "application/json")
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.get_data(as_text=True)[:500]}"
        return answer.json

    def page(self, path: str) -> TestResponse:
        """What a browser gets."""
        return self._get(path, HTML)

    def status(self, path: str) -> int:
        """The status alone."""
        return self._get(path, "application/json").status_code

    def pages(self, path: str) -> Iterator[dict]:
        """The pages of a GFW list, from link to link."""
        while path:
            page = self.json(path)
            yield page
            following = urlsplit(page["links"]["next"])
            path = f"{following.path}?{following.query}" if following.query else ""

    def _get(self, path: str, accept: str) -> TestResponse:
        """The answer; one that has not changed since it was given last is not sent again, and must still be right."""
        key = (self._secret, path, accept)
        held = self._memory.held.get(key)
        headers = {"Accept": accept} | ({"Authorization": f"Bearer {self._secret}"} if self._secret else {})
        if held is not None and "ETag" in held.headers:
            headers["If-None-Match"] = held.headers["ETag"]
        answer = self._client.get(path, headers=headers)
        if answer.status_code == 304:
            assert held is not None, f"{path}: 304 to somebody who holds nothing"
            return held
        self._memory.held[key] = answer
        return answer
