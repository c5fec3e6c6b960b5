"""What the catalog holds at the beginning of a test, said in sentences: `given.dataset("trees", owner=alice)`."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask

from catalog.access import OPERATOR
from catalog.changes import accounts, datasets, organizations, sharing
from catalog.changes.drafts import TEXTS, AssetDraft, DatasetDraft, FieldDraft, VersionDraft
from catalog.changes.puts import Placing, Put
from catalog.changes.putting import put_many
from catalog.db import db
from catalog.model import Dataset, Organization, Role, Scope, ShareRole, Token, User, Version, Visibility
from catalog.tally import Tally

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Party:
    """A user or an organization of the cast."""

    id: int
    name: str
    public_id: str = ""
    uuid: UUID | None = None


@dataclass(frozen=True)
class Thing:
    """A dataset of the catalog."""

    id: int
    slug: str
    public_id: str
    uuid: UUID


class Given:
    """Fills the store of `app` through the same verbs that everybody uses."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def user(
        self,
        handle: str,
        *,
        password: str | None = None,
        email: str | None = None,
        title: str | None = None,
        is_admin: bool = False,
    ) -> Party:
        """An account; with PASSWORD where a test signs in."""
        with self._app.app_context():
            user = accounts.enrol(OPERATOR, handle, password=password, email=email, title=title, is_admin=is_admin)
            return Party(user.id, user.handle, user.public_id, user.uuid)

    def organization(self, key: str, *, title: str | None = None, members: Mapping[Party, str] | None = None) -> Party:
        """An organization with members: {alice: "admin"}."""
        with self._app.app_context():
            organization = organizations.found(OPERATOR, key, title=title)
            for party, role in (members or {}).items():
                organizations.admit(OPERATOR, organization, db.session.get_one(User, party.id), Role(role))
            return Party(organization.id, organization.key, uuid=organization.uuid)

    def dataset(
        self,
        slug: str,
        *,
        owner: Party,
        organization: Party | None = None,
        visibility: str = "private",
        shared_with: Iterable[Party] = (),
        role: str = "viewer",
        is_unnamed: bool = False,
        tags: Iterable[str] = (),
        versions: Iterable[str | Mapping[str, Any]] = (),
        assets: Iterable[Mapping[str, Any]] = (),
        extra: Mapping[str, Any] | None = None,
        **said: Any,
    ) -> Thing:
        """A dataset, private unless said; `said` are metadata texts and whatever else a DatasetDraft takes."""
        draft = DatasetDraft(
            slug=slug,
            texts={key: said.pop(key) for key in TEXTS if key in said},
            tags=tuple(tags),
            versions=[VersionDraft(label=one) if isinstance(one, str) else VersionDraft(**one) for one in versions],
            assets=[_asset(one) for one in assets],
            extra=extra,
            **said,
        )
        with self._app.app_context():
            dataset = datasets.register(
                OPERATOR,
                draft,
                owner_id=owner.id,
                organization_id=organization.id if organization else None,
                visibility=Visibility(visibility),
                is_unnamed=is_unnamed,
            )
            thing = Thing(dataset.id, dataset.slug, dataset.public_id, dataset.uuid)
        for party in shared_with:
            self.share(thing, party, role)
        return thing

    def datasets(
        self,
        slugs: Iterable[str],
        *,
        owner: Party,
        organization: Party | None = None,
        visibility: str = "private",
        **said: Any,
    ) -> None:
        """Many datasets at once, alike but for their slugs; `said` is what a DatasetDraft takes."""
        puts = [
            Put(
                source="given",
                native_id=slug,
                path=None,
                fingerprint=hashlib.sha256(slug.encode()).digest(),
                draft=DatasetDraft(slug=slug, **said),
            )
            for slug in slugs
        ]
        placing = Placing(
            owner_id=owner.id,
            organization_id=organization.id if organization else None,
            visibility=Visibility(visibility),
        )
        with self._app.app_context():
            while puts:
                puts = puts[len(put_many(OPERATOR, puts, placing)) :]

    def share(self, thing: Thing, party: Party, role: str = "viewer") -> None:
        """A share of a dataset with a user or an organization."""
        with self._app.app_context():
            kind = User if party.public_id else Organization
            sharing.share(
                OPERATOR,
                db.session.get_one(Dataset, thing.id),
                with_=db.session.get_one(kind, party.id),
                role=ShareRole(role),
            )

    def downloads(self, thing: Thing, *numbers: int) -> None:
        """Downloads of the versions of a dataset, so many of each, in their order."""
        with self._app.app_context():
            versions = db.select(Version.id).where(Version.dataset_id == thing.id)
            ids = db.session.scalars(versions.order_by(Version.semver_key)).all()
        counting = Tally()
        for version_id, number in zip(ids, numbers, strict=True):
            for _ in range(number):
                counting.count_download(version_id)
        with self._app.app_context():
            counting.flush()

    def rename(self, thing: Thing, slug: str) -> None:
        """Another slug for a dataset; the old one leads to it."""
        with self._app.app_context():
            datasets.rename(OPERATOR, db.session.get_one(Dataset, thing.id), slug)

    def disable(self, party: Party) -> None:
        """A user's account closed."""
        with self._app.app_context():
            accounts.set_disabled(OPERATOR, db.session.get_one(User, party.id), True)

    def token(self, party: Party, *, scope: str = "read", days: int | None = None) -> str:
        """A token of a user: its secret."""
        with self._app.app_context():
            _, secret = accounts.issue_token(
                OPERATOR, db.session.get_one(User, party.id), name="test", scope=Scope(scope), days=days
            )
            return secret

    def revoked_token(self, party: Party) -> str:
        """A token that was revoked."""
        with self._app.app_context():
            token, secret = accounts.issue_token(OPERATOR, db.session.get_one(User, party.id), name="test")
            accounts.revoke_token(OPERATOR, db.session.get_one(Token, token.id))
            return secret


def _asset(given: Mapping[str, Any]) -> AssetDraft:
    fields = [
        FieldDraft(name=field) if isinstance(field, str) else FieldDraft(**field) for field in given.get("fields", ())
    ]
    return AssetDraft(**{**given, "fields": fields})
