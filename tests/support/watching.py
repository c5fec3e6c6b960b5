"""A real browser, and all that it complains of: what a policy stopped, what ran, what was asked of others."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

from tests.support import groups

# `pwn` is what hostile words call.
_TELL = """
window.pwn = () => console.error("pwn ran");
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
# Whatever is asked of anybody else fails, and what fails is heard of: hearing of each request takes more than pages do.
_NOBODY_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
# Beside a page that is refused on purpose, the browser itself complains of the refusal.
REFUSALS = ("status of 404", "status of 409", "status of 422", "status of 400")


@contextmanager
def launched() -> Iterator[Browser]:
    """Chromium, which reaches this machine alone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=groups.CHROMIUM, args=["--no-sandbox", _NOBODY_ELSE])
        yield browser
        browser.close()


def open_watched(context: BrowserContext, origin: str, expected: Sequence[str] = REFUSALS) -> tuple[Page, list[str]]:
    """A page in `context`, and the list that its complaints come into, but for those that hold `expected` words."""
    complaints: list[str] = []

    def hear(complaint: str) -> None:
        if not any(words in complaint for words in expected):
            complaints.append(complaint)

    def dismiss(dialog: Dialog) -> None:
        hear(f"dialog {dialog.message}")
        dialog.dismiss()

    def watch(url: str) -> None:
        if urlsplit(url).netloc != urlsplit(origin).netloc:
            complaints.append(f"asked {url[:200]}")

    context.add_init_script(_TELL)
    page = context.new_page()
    page.on("console", lambda said: hear(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: hear(str(error)))
    page.on("dialog", dismiss)
    page.on("popup", lambda other: hear(f"window {other.url}"))
    context.on("requestfailed", lambda request: watch(request.url))
    return page, complaints
