"""Every component of the pages on one page, for who works on their look; only where the application is debugged."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from catalog.pages.door import page
from catalog.pages.members import AdmissionForm
from catalog.pages.session import SignInForm

bp = Blueprint("styleguide", __name__)


@bp.get("/styleguide")
@page
def index() -> ResponseReturnValue:
    """The components, drawn from examples."""
    form = SignInForm(formdata=None)
    form.password.errors = ["Enter your password"]
    return render_template("styleguide/index.html", form=form, role=AdmissionForm(formdata=None).role)
