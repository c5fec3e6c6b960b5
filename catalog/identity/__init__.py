"""Who is asking: a browser's session or a token, recognised as a Viewer by the rules of the door it came through."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import Row, Select, select
from sqlalchemy.orm import contains_eager, joinedload

from catalog.access import STRANGER, VISITOR, Viewer
from catalog.changes import failures, sessions
from catalog.changes.accounts import TOKEN_PREFIX, hash_secret
from catalog.changes.passwords import is_password
from catalog.clock import now
from catalog.db import db
from catalog.errors import NotFound, NotSignedIn
from catalog.identity.acquaintances import Acquaintances, Known, nobody_yet
from catalog.listing.generations import present_generations
from catalog.model import Membership, Role, Scope, Session, Token, User
from catalog.settings import Settings
from catalog.tally import note_session_use, note_token_use
from catalog.vocabulary.text import fold, tidy


@dataclass(frozen=True, kw_only=True)
class Door:
    """Which credentials an entrance takes: a session's cookie, tokens in the Authorization and X-API-Key headers."""

    takes_cookie: bool = False
    takes_tokens: bool = True
    query_key: str | None = None
    """The query parameter that may hold a token."""
    passes_strange_keys: bool = False
    """Whether an API key that cannot be one of ours is ignored instead of refused."""


PAGES = Door(takes_cookie=True, passes_strange_keys=True)
FORMS = Door(takes_cookie=True, takes_tokens=False)
"""What a form sends counts by its session alone."""


class SessionUser(UserMixin):
    """A signed-in user as a browser's session knows one."""

    def __init__(self, held: Session) -> None:
        self.id, self.uuid, self.user, self.expires_at = held.id, held.uuid, held.user, held.expires_at

    def get_id(self) -> str:
        """What the signed cookie keeps: the session, which is void once its row is gone."""
        return str(self.uuid)


class _Sessions(SecureCookieSessionInterface):
    """Keeps sessions in a signed cookie; where none came and none is asked for, nothing is done about it."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if "Cookie" not in request.headers:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SecureCookieSession, response: Response) -> None:
        if session.accessed or session.modified:
            super().save_session(app, session, response)


def set_up(app: Flask, settings: Settings) -> None:
    """Let `app` keep sessions in a signed cookie."""
    app.session_interface = _Sessions()
    app.config.update(
        SESSION_COOKIE_NAME="catalog_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_REFRESH_EACH_REQUEST=False,  # no answer that others may keep carries a session
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.session_days),
    )
    # As LoginManager.init_app does, but for reading the session in every answer, which would make each vary by it.
    manager = app.login_manager = LoginManager()
    manager.session_protection = (
        None  # the cookie is signed and short of secrets; an address that changes ends no session
    )
    manager.user_loader(_user_of_session)
    app.extensions["catalog_acquaintances"] = nobody_yet()


def current_viewer() -> Viewer:
    """Whoever sent this request, as its entrance recognised them."""
    return g.viewer


def recognise(door: Door) -> Viewer:
    """The viewer behind this request; NotSignedIn for a credential that is wrong, expired or revoked."""
    secret = _secret_of(request, door) if door.takes_tokens else None
    if secret is not None:
        known = _met(hash_secret(secret), lambda: _holder_of(secret))
        if known is None:
            raise NotSignedIn(is_given=True)
        note_token_use(known.row_id, now())
    elif door.takes_cookie and (name := session.get("_user_id") if session else None):
        known = _met(str(name), lambda: _holder_of_session(str(name)))
        if known is not None:
            note_session_use(known.row_id, now())
    else:
        known = None
    g.viewer = known.viewer if known else VISITOR if _settings().public_access else STRANGER
    return g.viewer


def _met(key: bytes | str, look: Callable[[], Known | None]) -> Known | None:
    """Who bears what `key` stands for: as this process knows them, unless something touched their account since."""
    acquaintances: Acquaintances = current_app.extensions["catalog_acquaintances"]
    known = acquaintances.find(key)
    if known is not None and known.lasts_at(now()) and present_generations(known.viewer).account == known.account:
        return known
    found = look()
    if found is None:
        acquaintances.forget(key)
        return None
    acquaintances.keep(key, replace(found, account=present_generations(found.viewer).account))
    return found


def viewer_of(user: User) -> Viewer:
    """What `user` sees and may do when signed in."""
    roles = db.session.execute(select(Membership.organization_id, Membership.role).where(Membership.user_id == user.id))
    return _viewer_of_user(user, Scope.WRITE, {key: role for key, role in roles})


def current_session() -> UUID | None:
    """The session that this request came by; None for one that came by a token, and for a visitor's."""
    viewer = current_viewer()
    return current_user.uuid if viewer.is_signed_in and viewer.token_id is None else None


def authenticate(name: str, password: str) -> User | None:
    """The user whose handle or e-mail is `name`; None when there is none, they are disabled or the password is wrong.

    A wrong name takes as long as a wrong password. TooMany, before the password is looked at, where too many were wrong
    for this name from this address, or for any names from it.
    """
    folded = fold(tidy(name))
    counts = failures.counts_of(folded, request.remote_addr)
    failures.refuse_hasty(counts)
    user = db.session.scalar(select(User).where((User.handle == folded) | (User.email_folded == folded)))
    is_right = is_password(password, user.password_hash if user else None) and user and not user.is_disabled
    failures.settle(counts, is_right=bool(is_right))
    return user if is_right else None


def token_of(secret: str) -> Token | None:
    """The token with that secret, with its user; None unless it works."""
    return _token_with_roles(secret)[0]


def _token_with_roles(secret: str) -> tuple[Token | None, dict[int, Role]]:
    """That token, and its user's roles by organization, read at once; None unless it works."""
    rows = db.session.execute(_with_roles(Token).where(Token.secret_hash == hash_secret(secret))).all()
    token = rows[0][0] if rows else None
    if token is None or token.user.is_disabled or token.revoked_at is not None:
        return None, {}
    is_over = token.expires_at is not None and token.expires_at <= now()
    return (None, {}) if is_over else (token, _roles(rows))


def is_own_password(password: str) -> bool:
    """Whether `password` is that of whoever sent this request; wrong ones count as wrong ones at the sign-in do."""
    user = authenticate(current_viewer().handle, password)
    return user is not None and user.id == current_viewer().user_id


def sign_in(name: str, password: str) -> bool:
    """Begin a session for the user whose handle or e-mail is `name`; False when that cannot be."""
    user = authenticate(name, password)
    if user is None:
        return False
    begin_session(user)
    return True


def begin_session(user: User) -> None:
    """A new session of `user` in this browser, which forgets whatever it carried before; a session it was in ends."""
    before = current_user.uuid if current_user.is_authenticated else None
    days = _settings().session_days
    held = sessions.begin(user, agent=request.user_agent.string, days=days, instead_of=before)
    session.clear()
    session.permanent = True
    login_user(SessionUser(db.session.get_one(Session, held.id, options=[joinedload(Session.user)])))


def sign_out() -> None:
    """End this browser's session."""
    if current_user.is_authenticated:
        with suppress(NotFound):  # ended elsewhere meanwhile
            sessions.end(viewer_of(current_user.user), current_user.uuid)
    logout_user()
    session.clear()


def _settings() -> Settings:
    return current_app.extensions["catalog_settings"]


def _secret_of(request: Request, door: Door) -> str | None:
    """The secret that came with the request, or None; NotSignedIn for an Authorization that we cannot read."""
    if "Authorization" in request.headers:
        return _secret_of_authorization(request.headers["Authorization"])
    for given in (request.headers.get("X-API-Key"), request.args.get(door.query_key) if door.query_key else None):
        if given and (given.startswith(TOKEN_PREFIX) or not door.passes_strange_keys):
            return given
    return None


def _secret_of_authorization(header: str) -> str:
    scheme, _, rest = header.strip().partition(" ")
    rest = rest.strip()
    match scheme.lower():
        case "bearer":
            return rest
        case "basic":
            try:
                name, _, secret = b64decode(rest, validate=True).decode().partition(":")
            except (NotBase64, ValueError):
                raise NotSignedIn(is_given=True) from None
            if name == "__token__":
                return secret
    raise NotSignedIn(is_given=True)


def _holder_of(secret: str) -> Known | None:
    token, roles = _token_with_roles(secret)
    if token is None:
        return None
    return Known(_viewer_of_user(token.user, token.scope, roles, token_id=token.id), token.expires_at, token.id)


def _holder_of_session(kept: str) -> Known | None:
    held, roles = _session_with_roles(kept)
    return Known(_viewer_of_user(held.user, Scope.WRITE, roles), held.expires_at, held.id) if held else None


def _viewer_of_user(user: User, scope: Scope, roles: Mapping[int, Role], *, token_id: int | None = None) -> Viewer:
    return Viewer(
        user_id=user.id,
        handle=user.handle,
        title=user.display_title,
        roles=roles,
        # An administrator's tokens of lesser scope do what their user may as a member.
        is_admin=user.is_admin and (token_id is None or scope is Scope.ADMIN),
        scope=scope,
        token_id=token_id,
    )


def _user_of_session(kept: str) -> SessionUser | None:
    held, _ = _session_with_roles(kept)
    return SessionUser(held) if held else None


def _session_with_roles(kept: str) -> tuple[Session | None, dict[int, Role]]:
    """The session that a cookie names, and its user's roles by organization, read at once; None unless it works."""
    try:
        uuid = UUID(kept)
    except ValueError:
        return None, {}
    rows = db.session.execute(_with_roles(Session).where(Session.uuid == uuid, Session.expires_at > now())).all()
    held = rows[0][0] if rows else None
    return (None, {}) if held is None or held.user.is_disabled else (held, _roles(rows))


def _with_roles(bearer: type[Token] | type[Session]) -> Select:
    """What somebody is known by, with its user, in a row for each of their roles, or in one where they have none."""
    found = select(bearer, Membership.organization_id, Membership.role).join(bearer.user)
    return found.outerjoin(Membership, Membership.user_id == bearer.user_id).options(contains_eager(bearer.user))


def _roles(rows: Sequence[Row]) -> dict[int, Role]:
    return {key: role for _, key, role in rows if key is not None}
