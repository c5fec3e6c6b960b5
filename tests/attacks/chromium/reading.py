"""A reader of pages that may be hostile, who looks into each for what should not be there."""

from playwright.sync_api import BrowserContext

from tests.attacks.payloads import CLOBBERING, PRODUCT
from tests.support.watching import REFUSALS, open_watched

_REFUSALS = (*REFUSALS, "status of 403", "status of 409", "status of 429")
_FOREIGN = ", ".join(
    (
        *("iframe", "frame", "frameset", "object", "embed", "applet", "base", "style", "math", "img", "picture"),
        *("video", "audio", "source", "track", "canvas", "template", "marquee", "bgsound", "noscript", "plaintext"),
        *("xmp", "listing", "dialog", "portal", "slot", "meta[http-equiv]", "[style]", "[srcdoc]", "[ping]"),
        *("[background]", "[contenteditable]", "[popover]", "[popovertarget]", "[is]", "[shadowrootmode]"),
        *("svg script", "svg a", "svg animate", "svg set", "svg foreignObject", "svg image", "svg style"),
        *("svg use:not([href^='#'], [href^='/static/'])", "main script, main link, main meta"),
        *(f"[id='{name}'], [name='{name}']" for name in CLOBBERING),
    )
)
_LOOK = """
([foreign, product]) => {
  const all = [...document.querySelectorAll("*")];
  const found = [...document.querySelectorAll(foreign)].map((one) => one.outerHTML.slice(0, 200));
  const asked = (one, name) => {
    const given = one.getAttribute(name);
    return given !== null && URL.canParse(given, document.baseURI) ? new URL(given, document.baseURI) : null;
  };
  for (const one of all) {
    for (const name of one.getAttributeNames()) {
      if (name.startsWith("on") || name.startsWith("xlink:")) found.push(`${one.tagName} ${name}`);
    }
    for (const name of ["href", "xlink:href"]) {
      const url = asked(one, name);
      if (url && !/^(https?|mailto):$/.test(url.protocol)) found.push(`${one.tagName} ${name} ${url}`);
    }
    for (const name of ["src", "action", "formaction", "srcset", "poster", "data"]) {
      const url = asked(one, name);
      if (url && url.origin !== location.origin) found.push(`${one.tagName} ${name} ${url}`);
    }
    if (one.matches("script") && !one.src) found.push(`script ${one.textContent.slice(0, 200)}`);
    if (one.matches("link") && new URL(one.href).origin !== location.origin) found.push(`link ${one.href}`);
    if (one.matches("form") && one.matches("form form")) found.push("a form in a form");
  }
  if (document.documentElement.innerText.includes(product)) found.push("a template was run");
  return found;
}
"""


class Reader:
    """Somebody at a browser, all that the browser complained of, and what was found in pages."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.url = url
        self._context = context
        self.page, self.complaints = open_watched(context, url, _REFUSALS)

    def go(self, path: str, status: int = 200) -> str:
        """The words of the page at `path`, which holds nothing that it should not."""
        answer = self.page.goto(self.url + path)
        assert answer.status == status, path
        return self.look()

    def look(self) -> str:
        """The words of the page that is open, also those in its fields; it holds nothing that it should not."""
        where = self.page.url.removeprefix(self.url)
        found = self.page.evaluate(_LOOK, [_FOREIGN, PRODUCT])
        assert found == [], where
        self.page.mouse.move(300, 300)
        self.page.mouse.move(640, 500)
        assert self.complaints == [], where
        return self.page.evaluate(
            "document.documentElement.textContent + "
            "[...document.querySelectorAll('input, textarea')].map((one) => one.value).join(' ')"
        )

    def links(self, beginning: str) -> list[str]:
        """Where the links of the page that is open lead, those into what lies under `beginning`."""
        hrefs = self.page.evaluate("[...document.links].map((one) => one.getAttribute('href'))")
        return sorted({href.partition("#")[0] for href in hrefs if href.startswith(beginning)})

    def offered(self, words: str) -> set[str]:
        """What the field of the page that is open that makes suggestions offers for `words`."""
        field = self.page.locator("[data-suggest]")
        field.evaluate("field => field.list.replaceChildren()")
        field.fill(words)
        self.page.locator("datalist option").first.wait_for(state="attached")
        self.look()
        return set(field.evaluate("field => [...field.list.options].map((one) => one.label)"))

    def led_to(self, words: str) -> set[str]:
        """What the search box of the page that is open leads on to for `words`."""
        self.page.locator("[data-complete]").first.press_sequentially(words)
        options = self.page.locator(".suggestions [role=option]")
        options.first.wait_for()
        self.look()
        return set(options.all_inner_texts())

    def sign_in(self, handle: str, password: str) -> None:
        """Sign in by the form."""
        self.go("/sign-in")
        self.page.get_by_label("Name or e-mail").fill(handle)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        self.page.wait_for_load_state()

    def forget(self) -> None:
        """Be a visitor again."""
        self._context.clear_cookies()
