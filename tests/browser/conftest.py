"""A real browser on a real server: the demo catalogue with two records beside it that are as dirty as records get."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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
from tests.support import groups
from tests.support.server import Server

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# Beside a page that is refused on purpose, the browser itself complains of the refusal.
_EXPECTED = ("status of 404", "status of 409", "status of 422", "status of 400")
_TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""


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
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(_TELL_VIOLATIONS)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda said: self._hear(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self._hear(str(error)))
        self.page.on("dialog", lambda dialog: (self._hear(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: self._watch(request.url))

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

    def _hear(self, complaint: str) -> None:
        if not any(words in complaint for words in _EXPECTED):
            self.complaints.append(complaint)

    def _watch(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.place.url).netloc:
            self.complaints.append(f"asked {url[:200]}")


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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=groups.CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


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
