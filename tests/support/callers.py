"""Who calls the catalog in tests: a script with a token, a browser with a session."""

import re
from contextlib import AbstractContextManager
from typing import Any

from flask import Flask
from flask.sessions import SessionMixin
from werkzeug.test import TestResponse

from tests.support.pages import Page, check

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class Script:
    """A program: no cookies, `token` goes into the Authorization header."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client(use_cookies=False)

    def open(
        self, method: str, path: str, *, token: str | None = None, headers: dict[str, str] | None = None, **more: Any
    ) -> TestResponse:
        """Send one request."""
        headers = dict(headers or {})
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return self._client.open(path, method=method, headers=headers, **more)

    def get(self, path: str, **more: Any) -> TestResponse:
        """Send a GET."""
        return self.open("GET", path, **more)

    def head(self, path: str, **more: Any) -> TestResponse:
        """Send a HEAD."""
        return self.open("HEAD", path, **more)

    def post(self, path: str, **more: Any) -> TestResponse:
        """Send a POST."""
        return self.open("POST", path, **more)


class Browser:
    """A browser without script: it names HTML, keeps cookies and posts the forms that it was shown."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()

    def get(self, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> TestResponse:
        """Open a page, which has to be as every page has to be."""
        return _checked(self._client.get(path, headers={"Accept": HTML} | (headers or {}), **more))

    def open(self, method: str, path: str, **more: Any) -> TestResponse:
        """Send any request, and take whatever comes."""
        return self._client.open(path, method=method, **more)

    def page(self, path: str, **more: Any) -> Page:
        """Open a page that is there, to look into it."""
        answer = self.get(path, **more)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.page

    def post(self, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> TestResponse:
        """Send a form as it is given, without fetching a page first."""
        return _checked(self._client.post(path, headers={"Accept": HTML} | (headers or {}), **more))

    def session(self) -> AbstractContextManager[SessionMixin]:
        """What this browser's session holds, to look into it or to plant something."""
        return self._client.session_transaction()

    def submit(self, page: str, action: str | None = None, **fields: str) -> TestResponse:
        """Open `page`, take the CSRF token that it shows and post `fields` to `action`, or to the page itself."""
        shown = self.get(page).get_data(as_text=True)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown) or re.search(
            r'value="([^"]+)"[^>]*name="csrf_token"', shown
        )
        assert found, f"{page} shows no form with a CSRF token"
        return self.post(action or page, data={**fields, "csrf_token": found[1]})

    def sign_in(self, handle: str, password: str) -> TestResponse:
        """Sign in by the form."""
        return self.submit("/sign-in", name=handle, password=password)

    def cookie(self, name: str = "catalog_session") -> str | None:
        """The value of a cookie that this browser keeps; None when it keeps none of that name."""
        cookie = self._client.get_cookie(name)
        return cookie.value if cookie else None

    def set_cookie(self, value: str, name: str = "catalog_session") -> None:
        """Keep a cookie, whoever made it."""
        self._client.set_cookie(name, value)


def _checked(answer: TestResponse) -> TestResponse:
    if answer.mimetype == "text/html" and answer.data and answer.status_code not in (301, 302, 303, 307, 308):
        answer.page = check(answer)
    return answer
