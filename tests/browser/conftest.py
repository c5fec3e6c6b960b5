"""A real browser on a real server: the demo catalogue with two records beside it that are as dirty as records get."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from app import create_app
from catalog import migrating
from catalog.access import OPERATOR
from catalog.changes.puts import Placing
from catalog.db import db
from catalog.demo import load_demo
from catalog.harvest.importing import import_lines
from catalog.model import User, Visibility
from tests.browser.dirt import HOSTILE, LONG
from tests.conftest import make_settings
from tests.support.server import Server
from tests.support.watching import launched, open_watched

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@dataclass(frozen=True)
class Place:
    """Where the catalog is, and how its people sign in."""

    url: str
    passwords: dict[str, str]


@dataclass
class Visitor:
    """Somebody at a browser, and all that the browser complained of."""

    context: BrowserContext
    place: Place

    def __post_init__(self) -> None:
        self.page, self.complaints = open_watched(self.context, self.place.url)

    def go(self, path: str, status: int = 200) -> Page:
        """Open a page of the catalog, which answers with `status`."""
        answer = self.page.goto(self.place.url + path)
        assert answer.status == status, path
        return self.page

    def sign_in(self, handle: str) -> Page:
        """Sign in by the form that is open."""
        self.page.get_by_label("Name or e-mail").fill(handle)
        self.page.get_by_label("Password").fill(self.place.passwords[handle])
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        return self.page


@pytest.fixture(scope="package")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The catalog, served."""
    folder = tmp_path_factory.mktemp("browser")
    app = create_app(make_settings(folder))
    with app.app_context():
        migrating.upgrade()
        passwords = load_demo()
        alice = db.session.scalars(db.select(User).where(User.handle == "alice")).one()
        placing = Placing(owner_id=alice.id, visibility=Visibility.PUBLIC, is_by_record=True)
        lines = [json.dumps(record).encode() for record in (LONG, HOSTILE)]
        said: list[str] = []
        report = import_lines(OPERATOR, lines, placing, say=lambda n, name, words: said.append(f"{name}: {words}"))
        assert report.counts["created"] == len(lines), said
    with Server(folder) as server:
        yield Place(server.url, passwords)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Chromium, started once."""
    with launched() as browser:
        yield browser


@pytest.fixture
def visit(place: Place, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens browsers, which have nothing to complain of at the end."""
    visitors: list[Visitor] = []

    def visit(
        *, is_narrow: bool = False, is_dark: bool = False, has_script: bool = True, who: str | None = None
    ) -> Visitor:
        context = chromium.new_context(
            viewport=NARROW if is_narrow else WIDE,
            color_scheme="dark" if is_dark else "light",
            java_script_enabled=has_script,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(5_000)
        visitor = Visitor(context, place)
        visitors.append(visitor)
        if who:
            visitor.go("/sign-in")
            visitor.sign_in(who)
        return visitor

    yield visit
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert complaints == []
