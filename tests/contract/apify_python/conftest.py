"""The Apify client for Python as its users have it, in both its forms, calling the catalog over a socket."""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from apify_client import ApifyClient, ApifyClientAsync

from tests.support.apify_stand import Stand, named, stand

__all__ = ["named", "stand"]


class Calling:
    """Does with the client of somebody what a test says, and waits for it."""

    def __init__(self, url: str, kind: type[ApifyClient] | type[ApifyClientAsync]) -> None:
        self._url, self._kind = url, kind

    def __call__(self, token: str | None, does: Callable[[Any], Any]) -> Any:
        """What came; of what comes bit by bit all of it, as a list."""
        return asyncio.run(self._done(token, does))

    async def _done(self, token: str | None, does: Callable[[Any], Any]) -> Any:
        came = does(self._kind(token, api_url=self._url, api_public_url=self._url))
        if inspect.isawaitable(came):
            came = await came
        if hasattr(came, "__aiter__"):
            return [one async for one in came]
        return list(came) if inspect.isgenerator(came) else came


@pytest.fixture(params=[ApifyClient, ApifyClientAsync], ids=["sync", "async"])
def calling(request: pytest.FixtureRequest, stand: Stand) -> Calling:
    """Calls the catalog by the client."""
    return Calling(stand.url, request.param)
