"""Credentials in the GFW dialect: tokens for a password, and API keys to keep."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from flask import Response, request

from catalog.access import Viewer
from catalog.changes.accounts import hash_secret, issue_session_token, issue_token, revoke_token
from catalog.dialects.describing import described
from catalog.dialects.gfw import operations as said
from catalog.dialects.gfw.bodies import KeyBody, read_sign_in
from catalog.dialects.gfw.door import READS, SIGNING_IN, WRITES, admitted, bp, signed_in
from catalog.dialects.gfw.errors import WrongPassword
from catalog.dialects.gfw.parameters import ORIGIN, REFERRER
from catalog.dialects.gfw.present_versions import api_key_record, success
from catalog.dialects.wire import answer, last_values, through
from catalog.errors import NotPermitted
from catalog.identity import authenticate, token_of, viewer_of
from catalog.listing.accounts import get_api_key, list_api_keys
from catalog.listing.organizations import get_user
from catalog.model import Scope, Token, TokenKind
from catalog.vocabulary.text import tidy

_UNKEPT = {"Cache-Control": "private, no-store"}
_KEY_DAYS = 365


@bp.post("/auth/token")
@through(SIGNING_IN, "gfw")
@described(said.TOKEN)
def get_token() -> Response:
    """A token that lasts a day, for the handle or the e-mail address and the password of an account."""
    name, password = read_sign_in(request.form)
    user = authenticate(name, password)
    if user is None:
        raise WrongPassword
    _, secret = issue_session_token(viewer_of(user), user)
    return answer(success({"access_token": secret, "token_type": "bearer"}), headers=_UNKEPT)


@bp.get("/auth/apikeys")
@through(WRITES, "gfw")
@described(said.KEYS)
def get_api_keys() -> Response:
    """The caller's own API keys, each by its beginning."""
    keys = list_api_keys(signed_in())
    return answer(success([api_key_record(one, one.beginning) for one in keys]), headers=_UNKEPT)


@bp.post("/auth/apikey")
@through(WRITES, "gfw")
@described(said.NEW_KEY)
def create_api_key() -> Response:
    """A new API key for reading, whose secret is shown this once; it lasts a year."""
    viewer = signed_in()
    if not viewer.may_write:
        raise NotPermitted("A token that only reads makes no API key.")
    wanted = KeyBody.parse(request.get_data())
    _, secret = issue_token(
        viewer,
        get_user(viewer, viewer.handle),
        name=wanted.alias,
        scope=Scope.READ,
        days=_KEY_DAYS,
        kind=TokenKind.API_KEY,
        details={"organization": tidy(wanted.organization), "email": wanted.email, "domains": wanted.domains},
    )
    return answer(success(api_key_record(_own(viewer, secret), secret)), 201, _UNKEPT)


@bp.get("/auth/apikey/<api_key>")
@through(WRITES, "gfw")
@described(said.ONE_KEY)
def get_one_api_key(api_key: str) -> Response:
    """One of the caller's API keys, called by its secret or by its beginning and shown by its beginning."""
    found = _own(signed_in(), api_key)
    return answer(success(api_key_record(found, found.beginning)), headers=_UNKEPT)


@bp.delete("/auth/apikey/<api_key>")
@through(WRITES, "gfw")
@described(said.END_OF_KEY)
def delete_api_key(api_key: str) -> Response:
    """The end of one of the caller's API keys, called by its secret or by its beginning."""
    viewer = signed_in()
    found = _own(viewer, api_key)
    revoke_token(viewer, found)
    return answer(success(api_key_record(found, found.beginning)), headers=_UNKEPT)


@bp.get("/auth/apikey/<api_key>/validate")
@through(READS, "gfw")
@described(said.VALID_KEY)
def validate_api_key(api_key: str) -> Response:
    """Whether an API key may be used by a page of that origin or referrer."""
    admitted()
    token, args = token_of(api_key), last_values()
    is_valid = token is not None and token.kind is TokenKind.API_KEY and _is_from(token, args)
    return answer(success({"is_valid": is_valid}), headers=_UNKEPT)


def _own(viewer: Viewer, key: str) -> Token:
    return get_api_key(viewer, beginning=key, secret_hash=hash_secret(key))


def _is_from(token: Token, args: Mapping[str, str]) -> bool:
    """Whether the page that asks is of the key's domains; a key without domains is for all, an unknown page of none."""
    domains = (token.details or {}).get("domains", [])
    host = _host(args.get(ORIGIN.name)) or _host(args.get(REFERRER.name))
    return not domains or any(fnmatchcase(host, domain.lower()) for domain in domains)


def _host(address: str | None) -> str:
    """The host and port of `address`, which may come without a scheme; "" for none and for what is no address."""
    if not address:
        return ""
    try:
        return urlsplit(address if "//" in address else f"//{address}").netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
