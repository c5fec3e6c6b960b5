"""Plays what people of a drawn world try through the forms of the pages, as a browser without script sends them."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from catalog.access import OPERATOR
from catalog.changes import accounts
from catalog.db import db
from catalog.model import Dataset as Held
from catalog.model import Organization, Token
from tests.support import oracle_verbs
from tests.support.callers import Browser
from tests.support.curating import fields_of
from tests.support.given import PASSWORD
from tests.support.oracle import Actor, Content, Dataset, World
from tests.support.stage import Stage
from tests.support.worlds import Change, resolve

VERBS = {
    *("share", "unshare", "set_visibility", "transfer", "withdraw", "restore", "rename", "revise", "register"),
    *("found", "admit", "dismiss", "describe", "revoke_token", "end_session"),
}
# What the store says of datasets, and what the forms have nothing to do with.
_TOLD = ("dataset", "alias", "share", "version", "asset", "field", "tag", "user", "organization", "membership", "token")
_NOBODY = "-"
_LAST = "An organization keeps at least one admin"
_WORDS = {
    "done": "done",
    "Invalid": "refused",
    "Taken": "refused",
    "NotPermitted": "not permitted",
    "NotFound": "not found",
}


@dataclass(frozen=True)
class Sent:
    """What the oracle says of a form that was sent, what came of it, and whether the store and its journal changed."""

    expected: str
    came: str
    is_changed: bool
    is_journalled: bool


class FormStage(Stage):
    """The catalog filled with a world, whose people come with browsers."""

    def __init__(self, app: Flask, world: World) -> None:
        super().__init__(app, world)
        self._browsers: dict[str | None, Browser] = {}
        with app.app_context():
            for handle in sorted(world.people - world.disabled):
                accounts.change_password(OPERATOR, self._party(handle), PASSWORD)
                self._begin_session(self._party(handle))

    def send(self, change: Change) -> Sent | None:
        """What came of `change` sent as a form, and what should have; None where there is nothing to send."""
        resolved = resolve(change, self.world) if change.verb in VERBS else None
        if resolved is None:
            return None
        actor, arguments = resolved
        who = actor.handle if actor.handle not in self.world.disabled else None
        if change.verb == "register":
            arguments = (replace(arguments[0], owner=who or arguments[0].owner, is_named=True),)
        self._browser(who)
        before = self._told()
        answer = getattr(self, f"_send_{change.verb}")(who, *arguments)
        after = self._told()
        return Sent(
            expected=self._expected(change.verb, Actor(who), arguments),
            came=self._in_words(who, answer),
            is_changed={**before, "change": 0} != {**after, "change": 0},
            is_journalled=before["change"] != after["change"],
        )

    # The forms

    def _send_share(self, who: str | None, dataset: Dataset, party: str, role: str) -> TestResponse:
        path = f"/datasets/{dataset.slug}/shares"
        if party in dataset.shares and party < "d":
            return self._post(who, f"{path}/{party}/role", role=role)
        return self._post(who, path, receiver=f"@{party.upper()}", role=role)

    def _send_unshare(self, who: str | None, dataset: Dataset, party: str) -> TestResponse:
        return self._post(who, f"/datasets/{dataset.slug}/shares/{party}/remove")

    def _send_set_visibility(self, who: str | None, dataset: Dataset, visibility: str) -> TestResponse:
        return self._post(who, f"/datasets/{dataset.slug}/shares/visibility", visibility=visibility)

    def _send_transfer(self, who: str | None, dataset: Dataset, owner: str, key: str | None) -> TestResponse:
        path = f"/datasets/{dataset.slug}/shares/transfer"
        return self._post(who, path, owner=owner, organization=key or _NOBODY, is_meant="y")

    def _send_withdraw(self, who: str | None, dataset: Dataset) -> TestResponse:
        return self._post(who, f"/datasets/{dataset.slug}/withdraw")

    def _send_restore(self, who: str | None, dataset: Dataset) -> TestResponse:
        return self._post(who, f"/trash/{dataset.slug}/restore")

    def _send_rename(self, who: str | None, dataset: Dataset, slug: str) -> TestResponse:
        answer = self._post(who, f"/datasets/{dataset.slug}/rename", slug=slug)
        if _in_words(answer) == "done":
            dataset.given_slug = answer.headers["Location"].rpartition("/")[2]
        return answer

    def _send_revise(self, who: str | None, dataset: Dataset, content: Content) -> TestResponse:
        """All that is there removed by its boxes, and what is to be there added as new rows."""
        browser, path = self._browser(who), f"/datasets/{dataset.slug}/edit"
        shown = browser.get(path)
        if shown.status_code != 200:
            return shown
        sent = fields_of(shown.page, "edit") | {"title": content.title}
        held = [name.removesuffix("-was") for name in sent if name.endswith("-was")]
        sent |= {f"{name}-is_removed": "y" for name in held}
        return browser.post(path, data=sent | _rows(content, first=len(held)))

    def _send_register(self, who: str | None, dataset: Dataset) -> TestResponse:
        answer = self._post(
            who,
            "/datasets/new",
            slug=dataset.slug,
            title=dataset.content.title,
            organization=dataset.organization or _NOBODY,
            visibility=dataset.visibility,
            **_rows(dataset.content, first=0),
        )
        if _in_words(answer) == "done":
            dataset.slug = answer.headers["Location"].rpartition("/")[2]
            with self.app.app_context():
                held = db.session.scalars(db.select(Held).where(Held.slug == dataset.slug)).one()
                self._ids[dataset], dataset.public_id = held.id, held.public_id
        return answer

    def _send_found(self, who: str | None, key: str) -> TestResponse:
        answer = self._post(who, "/organizations", key=key, title=key, description="")
        if _in_words(answer) == "done":
            with self.app.app_context():
                self._ids[key] = db.session.scalars(db.select(Organization.id).filter_by(key=key)).one()
        return answer

    def _send_admit(self, who: str | None, key: str, handle: str, role: str) -> TestResponse:
        path = f"/organizations/{key}/members"
        if handle in self.world.roles[key] and handle < "d":
            return self._post(who, f"{path}/{handle}/role", role=role)
        return self._post(who, path, person=f"@{handle.upper()}", role=role)

    def _send_dismiss(self, who: str | None, key: str, handle: str) -> TestResponse:
        return self._post(who, f"/organizations/{key}/members/{handle}/dismiss")

    def _send_describe(self, who: str | None, key: str, words: str) -> TestResponse:
        return self._post(who, f"/organizations/{key}/edit", title=key, description=words)

    def _send_revoke_token(self, who: str | None, token: Actor) -> TestResponse:
        with self.app.app_context():
            uuid = db.session.get_one(Token, self._tokens[token]).uuid
        return self._post(who, f"/account/tokens/{uuid}/revoke")

    def _send_end_session(self, who: str | None, handle: str) -> TestResponse:
        return self._post(who, f"/account/sessions/{self.sessions[handle]}/end")

    # What should come of them

    def _expected(self, verb: str, actor: Actor, arguments: tuple[Any, ...]) -> str:
        """What the oracle's verb says, as a form says it; the oracle's world has changed then."""
        if actor.handle is None:
            return "sign in"
        first, *more = arguments
        if verb == "revoke_token":
            is_there = first.handle == actor.handle and first not in self.world.revoked
            return _WORDS[oracle_verbs.revoke_token(self.world, actor, first)] if is_there else "not found"
        if verb in ("found", "end_session"):
            return _WORDS[getattr(oracle_verbs, verb)(self.world, actor, first)]
        if isinstance(first, str):
            return self._expected_of_organization(verb, actor, first, more)
        return self._expected_of_dataset(verb, actor, first, more)

    def _expected_of_organization(self, verb: str, actor: Actor, key: str, more: list[Any]) -> str:
        """For those who do not belong to it nothing is there, and whoever does not belong to it cannot be dismissed."""
        members = self.world.roles[key]
        if actor.handle not in members or (verb == "dismiss" and more[0] not in members):
            return "not found"
        return _WORDS[getattr(oracle_verbs, verb)(self.world, actor, key, *more)]

    def _expected_of_dataset(self, verb: str, actor: Actor, dataset: Dataset, more: list[Any]) -> str:
        is_there = dataset in self.world.visible_to(actor.handle) or verb == "register"
        is_managed = oracle_verbs.may_manage(self.world, actor, dataset)
        if verb == "restore":
            is_there = dataset.is_withdrawn and is_managed
        if not is_there or (verb == "unshare" and is_managed and more[0] not in dataset.shares):
            return "not found"
        came = getattr(oracle_verbs, verb)(self.world, actor, dataset, *more)
        # An organization that is not offered, and an owner whose account is closed, are faults of what was typed.
        is_fault = came in ("Invalid", "Taken") or (came == "NotPermitted" and (is_managed or verb == "register"))
        return "refused" if is_fault else _WORDS[came]

    def _in_words(self, who: str | None, answer: TestResponse) -> str:
        """What came of a form; that the last admin stays is said on the page to which it leads."""
        came = _in_words(answer)
        if came != "done" or "/members" not in answer.headers["Location"]:
            return came
        return "refused" if _LAST in self._browser(who).get(answer.headers["Location"]).text else came

    def _browser(self, who: str | None) -> Browser:
        if who not in self._browsers:
            browser = self._browsers[who] = Browser(self.app)
            if who:
                assert browser.sign_in(who, PASSWORD).status_code == 303
        return self._browsers[who]

    def _post(self, who: str | None, path: str, **fields: str) -> TestResponse:
        """Send a form with the token of a session, whatever page it was seen on."""
        return self._browser(who).submit("/" if who else "/sign-in", path, **fields)

    def _told(self) -> dict[str, Any]:
        everything = self._everything()
        told = {name: everything[name] for name in (*_TOLD, "change")}
        return told | {"session": sorted(row.uuid for row in everything["session"])}


def _rows(content: Content, first: int) -> dict[str, str]:
    """What is in a dataset, as rows of its form from number `first` on."""
    sent: dict[str, str] = {}
    for n, label in enumerate(content.versions, first):
        sent |= {f"versions-{n}-label": label, f"versions-{n}-status": "saved"}
    for n, file in enumerate(content.files, first):
        said = {"kind": file.format or "service", "format": file.format, "uri": file.uri, "version": file.version}
        sent |= {f"assets-{n}-{key}": value or "" for key, value in said.items()}
    return sent


def _in_words(answer: TestResponse) -> str:
    if answer.status_code == 303:
        return "sign in" if answer.headers["Location"].startswith("/sign-in") else "done"
    words = {401: "sign in", 403: "not permitted", 404: "not found", 422: "refused"}
    return words.get(answer.status_code, str(answer.status_code))
