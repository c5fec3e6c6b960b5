"""Accounts enrolled and revised, passwords changed, tokens issued and revoked."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from catalog.access import Viewer, require
from catalog.changes.journal import record, writing
from catalog.changes.naming import check_key
from catalog.changes.passwords import hash_password
from catalog.changes.sessions import end_all
from catalog.changes.strength import require_strong
from catalog.db import db
from catalog.errors import Fault, Invalid, NotPermitted, Taken
from catalog.model import Scope, Token, TokenKind, User
from catalog.vocabulary.text import fold, tidy

TOKEN_PREFIX = "catalog_"
_SCOPES = (Scope.READ, Scope.WRITE, Scope.ADMIN)
_BEGINNING = 14
PASSWORD_LENGTH = 10
PASSWORD_MOST = 1000
TITLE_LIMIT = 200
TOKEN_NAME_LIMIT = 100
SESSION_TOKEN = "Sign-in of a script"
SESSION_TOKEN_DAYS = 1
# A handle holds no @, so that nobody's address is somebody else's handle.
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def enrol(
    viewer: Viewer,
    handle: str,
    *,
    password: str | None = None,
    email: str | None = None,
    title: str | None = None,
    is_admin: bool = False,
) -> User:
    """A new account; without a password nobody can sign in to it. Invalid or Taken for a name that it cannot have."""
    password_hash = hash_password(_checked(password)) if password is not None else None
    with writing() as at:
        require(viewer.is_operator or viewer.is_admin, viewer)
        check_key(handle)
        title, email = tidy(title or "") or None, tidy(email or "") or None
        email_folded = _free_email(email)
        user = User(
            handle=handle,
            folded=fold(title or handle),
            title=title,
            email=email,
            email_folded=email_folded,
            password_hash=password_hash,
            is_admin=is_admin,
            created_at=at,
        )
        db.session.add(user)
        db.session.flush()
        record(viewer, "enrol", None, {"user_id": user.id, "handle": [None, handle]})
    return user


def revise(viewer: Viewer, user: User, *, title: str | None, email: str | None) -> None:
    """Another name or e-mail address for the viewer's own account; Invalid or Taken for one that it cannot have."""
    with writing():
        require(viewer.is_operator or (viewer.may_write and viewer.user_id == user.id), viewer)
        held = db.session.get_one(User, user.id)
        title, email = tidy(title or "")[:TITLE_LIMIT] or None, tidy(email or "") or None
        changed = [name for name, new in (("title", title), ("email", email)) if getattr(held, name) != new]
        if "email" in changed:
            held.email_folded = _free_email(email, held.id)
        if changed:
            held.title, held.email, held.folded = title, email, fold(title or held.handle)
            record(viewer, "revise account", None, {"user_id": user.id, "changed": [None, changed]})


def change_password(viewer: Viewer, user: User, password: str) -> None:
    """Give `user` another password; one's own choice has to be hard to guess.

    Whatever was begun by the old one ends: every session, and every token of a script that signed in with it. Tokens
    and API keys that were made to be kept go on working.
    """
    if not viewer.is_operator:
        require_strong(_checked(password), (user.handle, user.title, user.email))
    password_hash = hash_password(_checked(password))
    with writing() as at:
        require(viewer.is_operator or (viewer.may_write and viewer.user_id == user.id), viewer)
        held = db.session.get_one(User, user.id)
        held.password_hash = password_hash
        end_all(user.id)
        _end_session_tokens(user.id, at)
        record(viewer, "change password", None, {"user_id": user.id})


def set_disabled(viewer: Viewer, user: User, is_disabled: bool) -> None:
    """Close or reopen an account: a disabled one has no session and no token that works.

    An account is closed also where an organization is left without an admin who can act: who leaves the house loses
    the keys at once. `catalog org member` gives the organization another admin.
    """
    with writing():
        require(viewer.is_operator or viewer.is_admin, viewer)
        held = db.session.get_one(User, user.id)
        if held.is_disabled is not is_disabled:
            what = {"user_id": user.id, "is_disabled": [held.is_disabled, is_disabled]}
            record(viewer, "disable" if is_disabled else "enable", None, what)
            held.is_disabled = is_disabled
            end_all(held.id)


def issue_token(
    viewer: Viewer,
    user: User,
    *,
    name: str,
    scope: Scope = Scope.READ,
    days: int | None = None,
    kind: TokenKind = TokenKind.PERSONAL,
    details: dict[str, Any] | None = None,
) -> tuple[Token, str]:
    """A new token of `user` and its secret, which is kept nowhere; it lasts `days`, or until it is revoked.

    `details` is what whoever asks for an API key says of it.
    """
    with writing() as at:
        require(viewer.is_operator or viewer.user_id == user.id, viewer)
        _check_scope(viewer, user, scope)
        secret = TOKEN_PREFIX + secrets.token_urlsafe(32).replace("-", "A").replace("_", "B")
        token = Token(
            user_id=user.id,
            name=tidy(name)[:TOKEN_NAME_LIMIT] or "token",
            secret_hash=hash_secret(secret),
            beginning=secret[:_BEGINNING],
            scope=scope,
            kind=kind,
            details=details,
            created_at=at,
            expires_at=at + timedelta(days=days) if days is not None else None,
        )
        db.session.add(token)
        db.session.flush()
        record(viewer, "issue token", None, {"user_id": user.id, "token_id": token.id, "scope": [None, scope.value]})
    return token, secret


def issue_session_token(viewer: Viewer, user: User) -> tuple[Token, str]:
    """A token for a script that signed in with the password of `user`; those of its kind that ran out are removed."""
    with writing() as at:
        token, secret = issue_token(
            viewer, user, name=SESSION_TOKEN, scope=Scope.WRITE, days=SESSION_TOKEN_DAYS, kind=TokenKind.SESSION
        )
        is_of_user = (Token.user_id == user.id) & (Token.kind == TokenKind.SESSION)
        db.session.execute(delete(Token).where(is_of_user, Token.expires_at <= at))
    return token, secret


def revoke_token(viewer: Viewer, token: Token) -> None:
    """End a token at once."""
    with writing() as at:
        held = db.session.get_one(Token, token.id)
        require(viewer.is_operator or (viewer.may_write and viewer.user_id == held.user_id), viewer)
        if held.revoked_at is None:
            held.revoked_at = at
            record(viewer, "revoke token", None, {"user_id": held.user_id, "token_id": held.id})


def _end_session_tokens(user_id: int, at: datetime) -> None:
    lasting = (Token.user_id == user_id, Token.kind == TokenKind.SESSION, Token.revoked_at.is_(None))
    db.session.execute(update(Token).where(*lasting).values(revoked_at=at))


def hash_secret(secret: str) -> bytes:
    """What the store keeps of a token's secret."""
    return hashlib.sha256(secret.encode()).digest()


def _check_scope(viewer: Viewer, user: User, scope: Scope) -> None:
    if scope is Scope.ADMIN and not user.is_admin:
        raise NotPermitted("Only an administrator has tokens of scope admin.")
    if viewer.token_id is not None and (
        viewer.scope is Scope.READ or _SCOPES.index(scope) > _SCOPES.index(viewer.scope)
    ):
        raise NotPermitted("A token cannot make one that may do more than itself.")


def _checked(password: str) -> str:
    if len(password) < PASSWORD_LENGTH:
        raise Invalid(
            faults=[Fault(("password",), f"A password has at least {PASSWORD_LENGTH} characters.", "password")]
        )
    if len(password) > PASSWORD_MOST:
        message = f"A password has at most {PASSWORD_MOST} characters."
        raise Invalid(faults=[Fault(("password",), message, "password")])
    return password


def _free_email(email: str | None, own_id: int | None = None) -> str | None:
    if not email:
        return None
    folded = fold(tidy(email))
    if not _EMAIL.fullmatch(folded):
        raise Invalid(faults=[Fault(("email",), f"“{email[:60]}” is not an e-mail address.", "email")])
    if db.session.scalar(select(User.id).where(User.email_folded == folded)) not in (None, own_id):
        raise Taken("This e-mail address belongs to another account.")
    return folded
