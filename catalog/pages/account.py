"""One's own account: name, e-mail address and password."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from catalog.changes import accounts
from catalog.changes.accounts import PASSWORD_LENGTH, PASSWORD_MOST, TITLE_LIMIT
from catalog.changes.strength import strength_of
from catalog.errors import Invalid, Taken
from catalog.identity import begin_session, current_viewer
from catalog.listing.organizations import get_user
from catalog.model import User
from catalog.pages.door import personal
from catalog.pages.forms import blame, faulty_password, tidied

bp = Blueprint("account", __name__, url_prefix="/account")


class ProfileForm(FlaskForm):
    """How others see one, and where one is reached."""

    title = StringField("Name", [Length(max=TITLE_LIMIT, message="This name is too long")], filters=[tidied])
    email = EmailField("E-mail address", [Length(max=254, message="This address is too long")], filters=[tidied])
    password = PasswordField("Present password", [Length(max=PASSWORD_MOST, message="This password is too long")])


class PasswordForm(FlaskForm):
    """Another password in the place of the present one."""

    present = PasswordField(
        "Present password",
        [DataRequired("Enter your present password"), Length(max=PASSWORD_MOST, message="This password is too long")],
    )
    password = PasswordField("New password", [DataRequired("Enter a new password")])
    again = PasswordField(
        "New password again",
        [DataRequired("Enter the new password again"), EqualTo("password", "The two new passwords are not the same")],
    )


@bp.get("")
@personal
def show() -> ResponseReturnValue:
    """The form with what is known."""
    user = _own()
    return _profile(user, ProfileForm(formdata=None, title=user.title, email=user.email))


@bp.post("")
@personal
def update() -> ResponseReturnValue:
    """Another name or address; the address takes the password too."""
    user, form = _own(), ProfileForm()
    if not form.validate():
        return _profile(user, form), 422
    if (form.email.data or None) != user.email and (refused := faulty_password(form.password)):
        return _profile(user, form), *refused
    try:
        accounts.revise(current_viewer(), user, title=form.title.data, email=form.email.data)
    except (Invalid, Taken) as error:
        refused = blame(form.email, error)
        return _profile(user, form), *refused
    flash("Your account is saved.", "ok")
    return redirect(url_for("account.show"), 303)


@bp.get("/password")
@personal
def password() -> ResponseReturnValue:
    """The form."""
    return _password(PasswordForm())


@bp.post("/password", endpoint="change")
@personal
def change() -> ResponseReturnValue:
    """Another password: every session ends, and this browser begins one anew."""
    form = PasswordForm()
    if not form.validate():
        return _password(form), 422
    if refused := faulty_password(form.present):
        return _password(form), *refused
    if form.password.data == form.present.data:
        form.password.errors = ["This is your present password: choose another one"]
        return _password(form), 422
    user, chosen = _own(), form.password.data
    about = (user.handle, user.title, user.email)
    try:
        accounts.change_password(current_viewer(), user, chosen)
    except Invalid as error:
        refused = blame(form.password, error)
        return _password(form), *refused
    begin_session(user)
    strength = strength_of(chosen, about).in_words
    flash(f"Your password is changed: the new one is {strength}. Your other sessions have ended.", "ok")
    return redirect(url_for("account.password"), 303)


def _own() -> User:
    viewer = current_viewer()
    return get_user(viewer, viewer.handle)


def _profile(user: User, form: ProfileForm) -> str:
    return render_template("account/show.html", form=form, handle=user.handle)


def _password(form: PasswordForm) -> str:
    return render_template("account/password.html", form=form, least=PASSWORD_LENGTH)
