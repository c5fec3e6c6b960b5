"""Plays a drawn world on the catalog: sets it up, tries each change, and asks in the name of anybody."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask

from catalog.access import OPERATOR, VISITOR, Viewer
from catalog.changes import accounts, downloads, organizations, sessions, sharing
from catalog.changes import datasets as things
from catalog.changes.drafts import AssetDraft, DatasetDraft, FieldDraft, VersionDraft
from catalog.db import db
from catalog.dialects.downloads import address_of
from catalog.errors import CatalogError
from catalog.identity import PAGES, recognise, viewer_of
from catalog.model import (
    Asset,
    Dataset,
    Organization,
    Role,
    Scope,
    ShareRole,
    Token,
    TokenKind,
    User,
    Version,
    Visibility,
)
from tests.support import oracle, oracle_verbs
from tests.support.oracle import Actor, World
from tests.support.worlds import Change, resolve

DONE = "done"


@dataclass(frozen=True)
class Attempt:
    """What the oracle says of a change, what the catalog did, and whether the store and its journal changed."""

    expected: str
    done: str
    is_changed: bool
    is_journalled: bool


class Stage:
    """The catalog of `app`, filled with `world`; both change together."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.secrets: dict[Actor, str] = {}
        self._tokens: dict[Actor, int] = {}
        self._ids: dict[Any, int] = {}
        self.keys: dict[str, str] = {}
        self.key_uuids: dict[str, str] = {}
        self.sessions: dict[str, str] = {}
        with app.app_context():
            self._people()
            self._organizations()
            for dataset in world.datasets:
                self._register(OPERATOR, dataset)
                for party, role in dataset.shares.items():
                    self.share(OPERATOR, dataset, party, role)
            for handle in world.disabled:
                self.set_disabled(OPERATOR, handle, True)
        self._before = self._everything()

    def attempt(self, change: Change) -> "Attempt":
        """What came of `change`, and what should have."""
        resolved = resolve(change, self.world)
        if resolved is None:
            return Attempt(DONE, DONE, is_changed=False, is_journalled=False)
        actor, arguments = resolved
        done = self._act(change.verb, actor, arguments)
        before, self._before = self._before, self._everything()
        return Attempt(
            expected=getattr(oracle_verbs, change.verb)(self.world, actor, *arguments),
            done=done,
            is_changed=self._before != before,
            is_journalled=self._before["change"] != before["change"],
        )

    def uuids(self) -> dict[str, str]:
        """The uuid of each asset, by where it lies."""
        with self.app.app_context():
            return {uri: str(uuid) for uri, uuid in db.session.execute(db.select(Asset.uri, Asset.uuid))}

    # The verbs, with the oracle's words translated

    def share(self, viewer: Viewer, dataset: oracle.Dataset, party: str, role: str) -> None:
        """Share with a user or an organization."""
        sharing.share(viewer, self._dataset(dataset), with_=self._party(party), role=ShareRole(role))

    def unshare(self, viewer: Viewer, dataset: oracle.Dataset, party: str) -> None:
        """End a share."""
        sharing.unshare(viewer, self._dataset(dataset), with_=self._party(party))

    def set_visibility(self, viewer: Viewer, dataset: oracle.Dataset, visibility: str) -> None:
        """Open or close."""
        things.set_visibility(viewer, self._dataset(dataset), Visibility(visibility))

    def set_open(self, viewer: Viewer, dataset: oracle.Dataset, is_open: bool) -> None:
        """Open to the signed-in or close."""
        things.set_open(viewer, self._dataset(dataset), is_open)

    def ask_download(self, viewer: Viewer, dataset: oracle.Dataset, number: int) -> None:
        """Ask for a download."""
        semver, _ = dataset.content.version(number)
        held = self._dataset(dataset)
        version = db.session.scalar(db.select(Version).filter_by(dataset_id=held.id, semver=semver))
        asked = downloads.ask_download(viewer, held, version, minutes=15)
        dataset.given_download = (str(asked.uuid), address_of(asked) if asked.expires_at else None)

    def transfer(self, viewer: Viewer, dataset: oracle.Dataset, owner: str, key: str | None) -> None:
        """Hand over."""
        organization = self._party(key) if key else None
        things.transfer(viewer, self._dataset(dataset), owner=self._party(owner), organization=organization)

    def withdraw(self, viewer: Viewer, dataset: oracle.Dataset) -> None:
        """Put into the trash."""
        things.withdraw(viewer, self._dataset(dataset))

    def restore(self, viewer: Viewer, dataset: oracle.Dataset) -> None:
        """Take out of the trash."""
        things.restore(viewer, self._dataset(dataset))

    def rename(self, viewer: Viewer, dataset: oracle.Dataset, slug: str) -> None:
        """Give another slug."""
        dataset.given_slug = things.rename(viewer, self._dataset(dataset), slug)

    def revise(self, viewer: Viewer, dataset: oracle.Dataset, content: oracle.Content) -> None:
        """Give other content."""
        things.revise(viewer, self._dataset(dataset), _draft(dataset.slug, content))

    def register(self, viewer: Viewer, dataset: oracle.Dataset) -> None:
        """Register something new."""
        self._register(viewer, dataset)

    def found(self, viewer: Viewer, key: str) -> None:
        """Found an organization."""
        self._ids[key] = organizations.found(viewer, key).id

    def admit(self, viewer: Viewer, key: str, who: str, role: str) -> None:
        """Make a member."""
        organizations.admit(viewer, self._party(key), self._party(who), Role(role))

    def dismiss(self, viewer: Viewer, key: str, who: str) -> None:
        """End a membership."""
        organizations.dismiss(viewer, self._party(key), self._party(who))

    def describe(self, viewer: Viewer, key: str, words: str) -> None:
        """Say something of an organization."""
        organizations.revise(viewer, self._party(key), title=key, description=words)

    def set_disabled(self, viewer: Viewer, who: str, is_disabled: bool) -> None:
        """Close or reopen an account."""
        accounts.set_disabled(viewer, self._party(who), is_disabled)

    def revoke_token(self, viewer: Viewer, token: Actor) -> None:
        """End a token."""
        accounts.revoke_token(viewer, db.session.get_one(Token, self._tokens[token]))

    def revoke_key(self, viewer: Viewer, who: str) -> None:
        """End an API key."""
        found = db.select(Token).filter_by(uuid=UUID(self.key_uuids[who]))
        accounts.revoke_token(viewer, db.session.scalars(found).one())

    def end_session(self, viewer: Viewer, who: str) -> None:
        """End a session."""
        sessions.end(viewer, UUID(self.sessions[who]))

    def _act(self, verb: str, actor: Actor, arguments: tuple[Any, ...]) -> str:
        secret = self.secrets.get(actor)
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        with self.app.test_request_context(headers=headers):
            try:
                viewer = recognise(PAGES) if secret else self._viewer_in_session(actor)
                getattr(self, verb)(viewer, *arguments)
            except CatalogError as error:
                return type(error).__name__
        return DONE

    def _viewer_in_session(self, actor: Actor) -> Viewer:
        """A disabled account has no session: whoever had one is a visitor."""
        return (
            VISITOR if not actor.handle or actor.handle in self.world.disabled else viewer_of(self._party(actor.handle))
        )

    def _people(self) -> None:
        for handle in sorted(self.world.people):
            is_admin = handle in self.world.administrators
            user = accounts.enrol(OPERATOR, handle, is_admin=is_admin)
            self._ids[handle] = user.id
            for scope in (Scope.READ, Scope.WRITE, *([Scope.ADMIN] if is_admin else [])):
                token, secret = accounts.issue_token(OPERATOR, user, name=f"{handle} {scope}", scope=scope)
                self._tokens[Actor(handle, scope)], self.secrets[Actor(handle, scope)] = token.id, secret
            key, self.keys[handle] = accounts.issue_token(
                OPERATOR, user, name=f"key of {handle}", kind=TokenKind.API_KEY, days=365
            )
            self.key_uuids[handle] = str(key.uuid)
            self._begin_session(user)

    def _begin_session(self, user: User) -> None:
        self.sessions[user.handle] = str(sessions.begin(user, agent="Firefox", days=14).uuid)

    def _organizations(self) -> None:
        for key, members in self.world.roles.items():
            self._ids[key] = organizations.found(OPERATOR, key).id
            for handle, role in members.items():
                self.admit(OPERATOR, key, handle, role)

    def _register(self, viewer: Viewer, dataset: oracle.Dataset) -> None:
        made = things.register(
            viewer,
            _draft(dataset.slug, dataset.content),
            owner_id=self._ids[dataset.owner],
            organization_id=self._ids[dataset.organization] if dataset.organization else None,
            visibility=Visibility(dataset.visibility),
            is_unnamed=not dataset.is_named,
        )
        self._ids[dataset] = made.id
        dataset.slug, dataset.public_id = made.slug, made.public_id

    def _dataset(self, dataset: oracle.Dataset) -> Dataset:
        return db.session.get_one(Dataset, self._ids[dataset])

    def _party(self, name: str) -> User | Organization:
        return db.session.get_one(Organization if name in self.world.roles else User, self._ids[name])

    def _everything(self) -> dict[str, list]:
        """Every row of every table."""
        with self.app.app_context():
            tables = db.metadata.sorted_tables
            return {
                table.name: db.session.execute(table.select().order_by(*table.primary_key)).all() for table in tables
            }


def _draft(slug: str, content: oracle.Content) -> DatasetDraft:
    return DatasetDraft(
        slug=slug,
        texts={"title": content.title},
        versions=[VersionDraft(label=label) for label in content.versions],
        assets=[
            AssetDraft(
                kind=file.format or "service",
                format=file.format,
                uri=file.uri,
                version=file.version,
                fields=[FieldDraft(name=oracle.COLUMN)],
            )
            for file in content.files
        ],
    )
