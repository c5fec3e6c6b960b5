"""Chromium, a catalog of a test's own that it opens, and what no page of it may hold."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.attacks.chromium.reading import Reader
from tests.support.server import Server
from tests.support.stores import Store
from tests.support.watching import launched


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Chromium, started once."""
    with launched() as browser:
        yield browser


@pytest.fixture
def reader(chromium: Browser, store: Store) -> Iterator[Reader]:
    """Somebody at a browser, at whose end nothing may have run, been stopped, or been asked of anybody else."""
    with Server(store.folder, **store.settings) as server:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        context.set_default_timeout(30_000)
        reader = Reader(context, server.url)
        yield reader
        context.close()
    assert reader.complaints == []
