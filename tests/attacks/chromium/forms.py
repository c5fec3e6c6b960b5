"""The forms of the catalog as an attacker fills them in: each field with hostile words, then what is refused mended."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import Rule

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
    **{"spatial_resolution": "30", "row_count": "5", "uri": "s3://data/x", "version": ""},
    **dict.fromkeys(("content_date", "content_start", "content_end", "last_update"), "2026-01-31"),
    **dict.fromkeys(("issued_text", "data_updated_text"), "2026-01-31"),
}
# Another password is not the present one.
_OTHER = dict.fromkeys(("password", "again"), PASSWORD.title())
_ATTEMPTS = 3
_MOST_FIELDS = 60
_ACTIONS = "forms => forms.map((form) => form.getAttribute('action'))"
_FILL = """
([action, texts, isAll]) => {
  const form = [...document.forms].find((one) => one.getAttribute("action") === action);
  const filled = [];
  for (const field of form.elements) {
    if (!field.name || field.name === "csrf_token" || field.matches("button")) continue;
    if (!isAll && !field.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox])")) continue;
    const text = texts[filled.length];
    if (field.matches("select")) field.append(new Option(text, text, true, true));
    else field.value = text;
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = true;
    filled.push([field.name, text]);
  }
  form.requestSubmit();
  return [filled, [...form.elements].some((one) => !one.matches("[name=csrf_token], button, fieldset"))];
}
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
  form.requestSubmit();
}
"""


class Attacker:
    """Fills in forms; remembers which it met, which were taken, and what it wrote where."""

    def __init__(self, app: Flask, reader: Reader) -> None:
        self._app = app
        self._reader = reader
        self.met: dict[str, str] = {}
        """The page that a form was found on last, by the endpoint that it posts to."""
        self.taken: Counter[str] = Counter()
        self.written: dict[str, str] = {}
        """By its mark, the form and the field that something was written into."""
        self.bare: set[str] = set()
        """The forms that hold a button and no field."""
        self.shown: set[str] = set()
        """The marks that were seen in pages."""

    def read(self, names: Mapping[str, str]) -> None:
        """Look at every page, and meet its forms; `names` say what is named in addresses."""
        for path in _pages(self._app, names):
            self.shown |= _marks(self._reader.go(path))
            self.met |= {self._endpoint(action): path for action in self._actions()}

    def send(self, endpoint: str, *, is_all: bool) -> None:
        """Fill in the form that posts to `endpoint`, and send it, mended where it was refused, until it is taken.

        With `is_all` hostile words are also where nothing can be typed; such a form is sent once.
        """
        self._reader.go(self.met[endpoint])
        action = self._action(endpoint)
        assert action, f"{self.met[endpoint]} shows no form for {endpoint}"
        with self._reader.page.expect_navigation() as answer:
            filled, has_fields = self._reader.page.evaluate(_FILL, [action, self._texts(), is_all])
        if not has_fields:
            self.bare.add(endpoint)
        for name, text in filled:
            self.written |= dict.fromkeys(_marks(text), f"{endpoint} {re.sub(r'-[0-9]+-', '-', name)}")
        self.shown |= _marks(self._reader.look())
        attempts = 1
        while answer.value.status >= 400 and attempts < _ATTEMPTS and not is_all and self._action(endpoint):
            with self._reader.page.expect_navigation() as answer:
                self._reader.page.evaluate(_MEND, [self._action(endpoint), _RIGHT | self._names(endpoint)])
            self.shown |= _marks(self._reader.look())
            attempts += 1
        assert answer.value.status < 500, endpoint
        self.taken[endpoint] += answer.value.status < 400

    def _texts(self) -> list[str]:
        """Each payload that comes next, with a mark by which it is known again: before it, or after it."""
        numbers = range(len(self.written), len(self.written) + _MOST_FIELDS)
        pairs = [(PAYLOADS[number % len(PAYLOADS)], f"w{number}w") for number in numbers]
        return [" ".join(pair[:: 1 if number % 2 else -1]) for number, pair in enumerate(pairs)]

    def _names(self, endpoint: str) -> dict[str, str]:
        """What is new gets another name each time, and what is renamed the one that it has."""
        name = "trees" if endpoint == "renaming.update" else f"new-{len(self.written)}"
        return {"slug": name, "key": name} | (_OTHER if endpoint == "account.change" else {})

    def _action(self, endpoint: str) -> str | None:
        return next((action for action in self._actions() if self._endpoint(action) == endpoint), None)

    def _actions(self) -> list[str]:
        return self._reader.page.eval_on_selector_all("form[method=post]", _ACTIONS)

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


def _marks(words: str) -> set[str]:
    return set(re.findall(r"w\d+w", words))
