"""The forms of the catalog as an attacker fills them in: each field with hostile words, then what is refused mended."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Page
from werkzeug.routing import Rule

from tests.attacks.chromium.bundles import bundles
from tests.attacks.chromium.reading import Reader
from tests.attacks.conftest import DIALECTS
from tests.attacks.payloads import PAYLOADS
from tests.support.given import PASSWORD

# Neither pages nor forms; the sign-in is for visitors.
_OTHERS = (*DIALECTS, "static", "health", "openapi", "downloads", "suggest")
_FOR_VISITORS = "session.new"
# What a field is to hold whose hostile words were refused.
_RIGHT = {
    **{"name": "alice", "owner": "alice", "email": "alice@example.org", "person": "bob", "receiver": "bob"},
    **dict.fromkeys(("password", "present", "again"), PASSWORD),
    **{"spatial_resolution": "30", "row_count": "5", "uri": "s3://data/x", "format": "CSV", "version": ""},
    **{"title": "Trees", "description": "About trees"},
    **dict.fromkeys(("content_date", "content_start", "content_end", "last_update"), "2026-01-31"),
    **dict.fromkeys(("issued_text", "data_updated_text"), "2026-01-31"),
}
# Another password is not the present one.
_OTHER = dict.fromkeys(("password", "again"), PASSWORD.title())
_ATTEMPTS = 3
# How much fits into fields that take less than all payloads, where each part is to be taken and shown; into others goes
# all at once, to be shown as refused where it is too much.
_LIMITS = {
    **{"account.update title": 200, "founding.create title": 200, "founding.update description": 2_000},
    "tokens.create name": 100,
}
_LIMIT_OF_ROWS = 200
# Where everything is listed that a form makes.
_LISTS = {"founding.create": "/organizations?size=100", "tokens.create": "/account/tokens?size=100"}
_ROW = re.compile("-([0-9]+)-")
_ACTIONS = "forms => forms.map((form) => form.getAttribute('action'))"
# The fields of a form that hostile words go into, by their names.
_FIELDS = """
  const form = [...document.forms].find((one) => one.getAttribute("action") === action);
  const isFilled = (field) => field.name && field.name !== "csrf_token" && !field.matches("button")
    && (isAll || field.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox])"));
  const fields = [...form.elements].filter(isFilled);
"""
_NAMES = f"([action, isAll]) => {{ {_FIELDS} return fields.map((one) => [one.name, one.matches('textarea')]); }}"
_FILL = f"""
([action, isAll, texts]) => {{
  {_FIELDS}
  for (const field of fields) {{
    const text = texts[field.name];
    if (field.matches("select")) field.append(new Option(text, text, true, true));
    else field.value = text;
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = true;
  }}
  const sent = [...new FormData(form)];
  form.requestSubmit();
  return [sent, [...form.elements].some((one) => !one.matches("[name=csrf_token], button, fieldset"))];
}}
"""
_MEND = """
([action, right]) => {
  const form = [...document.forms].find((one) => one.getAttribute("action") === action);
  for (const field of form.elements) {
    const isWrong = field.getAttribute("aria-invalid") === "true" || field.type === "password";
    const name = field.name.split("-").pop();
    if (isWrong && name in right) field.value = right[name];
    if (field.name === "is_meant") field.checked = true;
  }
  const sent = [...new FormData(form)];
  form.requestSubmit();
  return sent;
}
"""
# Where a form has rows, so many of each of their fields.
_COPY = f"""
([action, isAll, most]) => {{
  {_FIELDS}
  const rows = Object.groupBy(fields, (one) => one.name.replace(/-[0-9]+-/, "-#-"));
  for (const [name, same] of Object.entries(rows)) {{
    if (!name.includes("-#-")) continue;
    const number = (one) => Number(one.name.match(/-([0-9]+)-/)[1]);
    const first = number(same[0]), last = same.at(-1);
    for (let n = number(last) + 1; n < first + most; n++) {{
      const copy = last.cloneNode(true);
      copy.removeAttribute("id");
      copy.name = name.replace("#", n);
      last.after(copy);
    }}
  }}
}}
"""
_SEND_AGAIN = """
([action, sent]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action });
  for (const [name, value] of sent) form.append(Object.assign(document.createElement("textarea"), { name, value }));
  document.body.append(form);
  form.requestSubmit();
}
"""
_SEND_BEHIND = """
async ([action, sent]) => {
  const answer = await fetch(action, { method: "POST", body: new URLSearchParams(sent), redirect: "manual" });
  return answer.ok || answer.type === "opaqueredirect";
}
"""


class Attacker:
    """Fills in forms; remembers which it met, which were taken, and what it wrote where.

    A thorough one fills every payload into every field: several at once, others in each row where a form has rows.
    """

    def __init__(self, app: Flask, reader: Reader, *, is_thorough: bool) -> None:
        self._app = app
        self._reader = reader
        self._is_thorough = is_thorough
        self.met: dict[str, str] = {}
        """The page that a form was found on last, by the endpoint that it posts to."""
        self.taken: Counter[str] = Counter()
        self.written: dict[str, str] = {}
        """By its mark, the form and the field that something was written into."""
        self.suggesting: set[str] = set()
        """The pages with a field that makes suggestions."""
        self.bare: set[str] = set()
        """The forms that hold a button and no field."""
        self.shown: set[str] = set()
        """The marks that were seen in pages."""
        self.held: defaultdict[str, set[str]] = defaultdict(set)
        """By form and field, the payloads that were written into it."""

    def read(self, names: Mapping[str, str]) -> None:
        """Look at every page, and meet its forms; `names` say what is named in addresses."""
        for path in _pages(self._app, names):
            self.shown |= _marks(self._reader.go(path))
            self.met |= {self._endpoint(action): path for action in self._actions()}
            if self._page.locator("[data-suggest]").count():
                self.suggesting.add(path)

    def send(self, endpoint: str, *, is_all: bool) -> None:
        """Fill in the form that posts to `endpoint`, and send it, mended where it was refused, until it is taken.

        With `is_all` hostile words are also where nothing can be typed; such a form is sent once.
        """
        self._reader.go(self.met[endpoint])
        if self._is_thorough:
            self._add_rows(endpoint, is_all=is_all)
        action = self._action(endpoint)
        assert action, f"{self.met[endpoint]} shows no form for {endpoint}"
        texts = self._texts(endpoint, self._page.evaluate(_NAMES, [action, is_all]))
        with self._page.expect_navigation() as answer:
            sent, has_fields = self._page.evaluate(_FILL, [action, is_all, texts])
        if not has_fields:
            self.bare.add(endpoint)
        self.shown |= _marks(self._reader.look())
        attempts = 1
        while answer.value.status >= 400 and attempts < _ATTEMPTS and not is_all and self._action(endpoint):
            with self._page.expect_navigation() as answer:
                sent = self._page.evaluate(_MEND, [self._action(endpoint), _RIGHT | self._names(endpoint)])
            self.shown |= _marks(self._reader.look())
            attempts += 1
        assert answer.value.status < 500, endpoint
        self.taken[endpoint] += answer.value.status < 400
        if self._is_thorough and not is_all:
            self._send_the_rest(endpoint, action, dict(sent))

    def _send_the_rest(self, endpoint: str, action: str, sent: dict[str, str]) -> None:
        """Send again what was taken, until all payloads were in the fields that take few at once, and were shown."""
        fields = [(name, _has_lines(name)) for name in sent if f"{endpoint} {name}" in _LIMITS]
        parts = (len(bundles(_LIMITS[f"{endpoint} {name}"], _between(has_lines))) for name, has_lines in fields)
        for turn in range(1, max(parts, default=1)):
            more = sent | self._texts(endpoint, fields, turn)
            more |= {name: text for name, text in self._names(endpoint).items() if name in sent}
            if endpoint in _LISTS:
                assert self._page.evaluate(_SEND_BEHIND, [action, list(more.items())]), more
            else:
                with self._page.expect_navigation() as answer:
                    self._page.evaluate(_SEND_AGAIN, [action, list(more.items())])
                assert answer.value.status < 400, more
                self.shown |= _marks(self._reader.look())
        if endpoint in _LISTS:
            self.shown |= _marks(self._reader.go(_LISTS[endpoint]))

    def _add_rows(self, endpoint: str, *, is_all: bool) -> None:
        """Where the form has rows, an empty one of each kind, and as many of each field as there are payloads."""
        for number in range(self._page.locator("button[name=add]").count()):
            with self._page.expect_navigation():
                self._page.locator("button[name=add]").nth(number).evaluate("button => button.click()")
        self._page.evaluate(_COPY, [self._action(endpoint), is_all, len(bundles(_LIMIT_OF_ROWS, " "))])

    def _texts(self, endpoint: str, fields: Sequence[tuple[str, bool]], turn: int = 0) -> dict[str, str]:
        """What goes into each of `fields`, of which some take lines, with a mark by which it is known again."""
        texts = {}
        for name, has_lines in fields:
            place, mark = f"{endpoint} {_ROW.sub('-', name)}", f"w{len(self.written)}w"
            payloads = self._payloads(place, name, _between(has_lines), turn)
            texts[name] = _between(has_lines).join([*payloads, mark] if len(self.written) % 2 else [mark, *payloads])
            self.written[mark] = place
            self.held[place].update(payloads)
        return texts

    def _payloads(self, place: str, name: str, between: str, turn: int) -> Sequence[str]:
        """The one that comes next; for the thorough those whose turn it is, in a row those of its number."""
        if not self._is_thorough:
            return [PAYLOADS[len(self.written) % len(PAYLOADS)]]
        if row := _ROW.search(name):
            some, turn = bundles(_LIMIT_OF_ROWS, " "), int(row[1])
        else:
            some = bundles(_LIMITS.get(place), between)
        return some[turn % len(some)]

    def _names(self, endpoint: str) -> dict[str, str]:
        """What is new gets another name each time, and what is renamed the one that it has."""
        name = "trees" if endpoint == "renaming.update" else f"new-{len(self.written)}"
        return {"slug": name, "key": name} | (_OTHER if endpoint == "account.change" else {})

    @property
    def _page(self) -> Page:
        return self._reader.page

    def _action(self, endpoint: str) -> str | None:
        return next((action for action in self._actions() if self._endpoint(action) == endpoint), None)

    def _actions(self) -> list[str]:
        return self._page.eval_on_selector_all("form[method=post]", _ACTIONS)

    def _endpoint(self, action: str) -> str:
        return self._app.url_map.bind("localhost").match(urlsplit(action).path, method="POST")[0]


def endpoints_of_forms(app: Flask) -> set[str]:
    """Every endpoint outside of the dialects that takes a form."""
    return {rule.endpoint for rule in _rules(app) if "POST" in rule.methods}


def _pages(app: Flask, names: Mapping[str, str]) -> Iterator[str]:
    for rule in _rules(app):
        if "GET" in rule.methods and rule.endpoint != _FOR_VISITORS:
            own = {name: names.get(f"{rule.endpoint} {name}") or names[name] for name in rule.arguments}
            yield rule.build(own, append_unknown=False)[1]


def _rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.partition(".")[0] not in _OTHERS]


def _between(has_lines: bool) -> str:
    return "\n\n" if has_lines else " "


def _has_lines(name: str) -> bool:
    return name == "description"


def _marks(words: str) -> set[str]:
    return set(re.findall(r"w\d+w", words))
