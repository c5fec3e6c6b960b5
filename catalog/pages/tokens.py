"""One's tokens: the list, a new one whose secret is shown once, and their end."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from catalog.changes import accounts
from catalog.changes.accounts import TOKEN_NAME_LIMIT
from catalog.clock import now
from catalog.identity import current_viewer
from catalog.listing.accounts import get_token, list_tokens
from catalog.listing.organizations import get_user
from catalog.model import Scope, Token, TokenKind
from catalog.pages.door import personal
from catalog.pages.forms import tidied
from catalog.pages.lists import Place, read_address

bp = Blueprint("tokens", __name__, url_prefix="/account/tokens")

_NEVER = "never"
_DAYS = {"7": "7 days", "30": "30 days", "90": "90 days", "365": "A year", _NEVER: "Until it is revoked"}
_SCOPES = {
    Scope.READ: ("Read", "Sees what you see, and changes nothing"),
    Scope.WRITE: (
        "Read and write",
        "May also change who sees your datasets, by the Dreadnode API, and make API keys, by the GFW Data API;"
        " no API takes other changes yet",
    ),
    Scope.ADMIN: ("Administer", "Read and write as an administrator; no API takes changes by administrators yet"),
}
_KINDS = {
    TokenKind.PERSONAL: "Made by you",
    TokenKind.SESSION: "A script that signed in with your password",
    TokenKind.API_KEY: "API key made by a script",
}


class TokenForm(FlaskForm):
    """What a token is for, what it may do and how long it lasts."""

    name = StringField(
        "What it is for",
        [
            DataRequired("Say what the token is for"),
            Length(max=TOKEN_NAME_LIMIT, message=f"At most {TOKEN_NAME_LIMIT} characters"),
        ],
        filters=[tidied],
    )
    scope = RadioField(
        "It may",
        [InputRequired("Choose what the token may do")],
        default=Scope.READ.value,
        invalid_choice_message="Choose one of these",
    )
    days = RadioField(
        "It lasts",
        [InputRequired("Choose how long the token lasts")],
        choices=[SelectChoice(days, words) for days, words in _DAYS.items()],
        default="90",
        invalid_choice_message="Choose one of these",
    )

    def offer(self, scopes: list[Scope]) -> None:
        """Let these be chosen from."""
        self.scope.choices = [SelectChoice(scope.value, _SCOPES[scope][0]) for scope in scopes]


@bp.get("")
@personal
def index() -> ResponseReturnValue:
    """One's tokens of every kind, told apart."""
    address = read_address()
    found = list_tokens(current_viewer(), address.window)
    return render_template(
        "tokens/index.html",
        tokens=[_shown(one) for one in found],
        page=Place.of(found),
        links=address.links(url_for("tokens.index")),
        notes=address.notes,
    )


@bp.get("/new")
@personal
def new() -> ResponseReturnValue:
    """The form."""
    return _asked(_form())


@bp.post("")
@personal
def create() -> ResponseReturnValue:
    """A new token: this page alone shows its secret, and nobody keeps the page."""
    viewer, form = current_viewer(), _form()
    if not form.validate():
        return _asked(form), 422
    days = None if form.days.data == _NEVER else int(form.days.data)
    token, secret = accounts.issue_token(
        viewer, get_user(viewer, viewer.handle), name=form.name.data, scope=Scope(form.scope.data), days=days
    )
    response = make_response(render_template("tokens/create.html", token=_shown(token), secret=secret))
    response.cache_control.no_store = True
    return response


@bp.get("/<uuid:uuid>/revoke")
@personal
def revoke(uuid: UUID) -> ResponseReturnValue:
    """The question whether it is meant."""
    return render_template("tokens/revoke.html", token=_shown(get_token(current_viewer(), uuid)))


@bp.post("/<uuid:uuid>/revoke", endpoint="delete")
@personal
def delete(uuid: UUID) -> ResponseReturnValue:
    """The end of a token."""
    token = get_token(current_viewer(), uuid)
    name = token.name
    accounts.revoke_token(current_viewer(), token)
    flash(f"The token “{name}” is revoked. Nothing can use it any more.", "ok")
    return redirect(url_for("tokens.index"), 303)


def _form() -> TokenForm:
    form = TokenForm()
    form.offer([scope for scope in Scope if current_viewer().is_admin or scope is not Scope.ADMIN])
    return form


def _asked(form: TokenForm) -> str:
    return render_template(
        "tokens/new.html", form=form, consequences={scope.value: words for scope, (_, words) in _SCOPES.items()}
    )


def _shown(token: Token) -> dict[str, Any]:
    return {
        "uuid": token.uuid,
        "name": token.name,
        "beginning": token.beginning,
        "scope": _SCOPES[token.scope][0],
        "kind": _KINDS[token.kind],
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "is_expired": token.expires_at is not None and token.expires_at <= now(),
        "last_used_at": token.last_used_at,
    }
