"""The sign-in and the way out."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length

from catalog.errors import TooMany
from catalog.identity import PAGES, recognise, sign_in, sign_out
from catalog.pages.forms import hasty, tidied
from catalog.vocabulary.text import cut

bp = Blueprint("session", __name__)


def own_path(given: str | None) -> str:
    """`given` when it is a path of this catalog; else the first page. Nobody is led elsewhere."""
    home = url_for("home.index")
    if not given or not given.startswith(home) or given.startswith("//") or "\\" in given or not given.isprintable():
        return home
    return home if urlsplit(given).path in (url_for("session.new"), url_for("session.delete")) else given


class SignInForm(FlaskForm):
    """Who, and by which password; where to go from there."""

    name = StringField(
        "Name or e-mail", [DataRequired("Enter your name or e-mail address"), Length(max=200)], filters=[tidied]
    )
    password = PasswordField("Password", [DataRequired("Enter your password"), Length(max=1000)])
    next = HiddenField(filters=[own_path])


@bp.get("/sign-in", endpoint="new")
def new() -> ResponseReturnValue:
    """The form; who is signed in already goes on."""
    if recognise(PAGES).is_signed_in:
        return redirect(own_path(request.args.get("next")))
    return _shown(SignInForm(next=request.args.get("next")))


@bp.post("/sign-in", endpoint="create")
def create() -> ResponseReturnValue:
    """A session, or the form again with what was wrong."""
    recognise(PAGES)
    form = SignInForm()
    if not form.validate():
        return _shown(form), 422
    try:
        is_right = sign_in(form.name.data, form.password.data)
    except TooMany as error:
        refused = hasty(form.password, error)
        return _shown(form), *refused
    if not is_right:
        form.name.errors = ["The name or the password is not right"]
        return _shown(form), 422
    return redirect(form.next.data, 303)


@bp.post("/sign-out", endpoint="delete")
def delete() -> ResponseReturnValue:
    """The end of this browser's session."""
    sign_out()
    flash("You are signed out.", "ok")
    return redirect(url_for("home.index"), 303)


def _shown(form: SignInForm) -> str:
    returning_to = cut(form.next.data, 200) if form.next.data != url_for("home.index") else None
    return render_template("session/new.html", form=form, returning_to=returning_to)
