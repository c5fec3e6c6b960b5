"""Commands about people, organizations, their tokens and shares."""

import secrets
import sys

import click
from sqlalchemy import select

from catalog.access import OPERATOR, visible_datasets
from catalog.changes import accounts, organizations, sharing
from catalog.cli.base import in_catalog, organization_named, say, user_named
from catalog.db import db
from catalog.model import Dataset, Organization, Role, Scope, ShareRole, User


@click.group()
def user() -> None:
    """Accounts."""


@user.command("add")
@click.argument("name")
@click.option("--email", help="E-mail address; it can be used to sign in too.")
@click.option("--title", help="The person's name, as others see it.")
@click.option("--admin", is_flag=True, help="Make this account an administrator.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@in_catalog()
def add_user(name: str, email: str | None, title: str | None, admin: bool, password_stdin: bool) -> None:
    """Enrol NAME: asks for a password on a terminal; elsewhere makes one and prints it alone on the last line."""
    password, is_made = _password(password_stdin)
    made = accounts.enrol(OPERATOR, name, password=password, email=email, title=title, is_admin=admin)
    print(f"{'Administrator' if admin else 'User'} {made.handle} enrolled.")
    if is_made:
        print(password)


@user.command("password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@in_catalog()
def change_password(name: str, password_stdin: bool) -> None:
    """Give NAME another password; every session of theirs ends, and every token of /auth/token."""
    found = user_named(name)
    password, is_made = _password(password_stdin)
    accounts.change_password(OPERATOR, found, password)
    print(f"The password of {name} is changed.")
    if is_made:
        print(password)


@click.group()
def org() -> None:
    """Organizations."""


@org.command("add")
@click.argument("slug")
@click.option("--title", help="The organization's name.")
@in_catalog()
def add_organization(slug: str, title: str | None) -> None:
    """Found an organization."""
    made = organizations.found(OPERATOR, slug, title=title)
    print(f"Organization {made.key} founded.")


@org.command("member")
@click.argument("organization")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.VIEWER.value, show_default=True)
@in_catalog()
def admit_member(organization: str, name: str, role: str) -> None:
    """Make the user NAME a member of ORGANIZATION, or change their role."""
    organizations.admit(OPERATOR, organization_named(organization), user_named(name), Role(role))
    print(f"{name} is {role} of {organization}.")


@click.group()
def token() -> None:
    """Tokens for scripts."""


@token.command("create")
@click.argument("name")
@click.option("--name", "title", default="command line", show_default=True, help="What the token is for.")
@click.option(
    "--scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.READ.value, show_default=True
)
@click.option(
    "--expires",
    type=click.IntRange(min=1, max=36500),
    metavar="DAYS",
    help="Days until it expires; without it, it lasts until it is revoked.",
)
@in_catalog()
def create_token(name: str, title: str, scope: str, expires: int | None) -> None:
    """Issue a token of the user NAME; it is printed once, alone on the last line."""
    made, secret = accounts.issue_token(OPERATOR, user_named(name), name=title, scope=Scope(scope), days=expires)
    lasts = f"until {made.expires_at:%Y-%m-%d}" if made.expires_at else "without expiry"
    say(f"A token of {name} with the scope {scope}, {lasts}. It is shown only now.")
    print(secret)


@click.command()
@click.argument("dataset")
@click.argument("receiver", metavar="USER|ORG")
@click.option(
    "--role", type=click.Choice([role.value for role in ShareRole]), default=ShareRole.VIEWER.value, show_default=True
)
@in_catalog()
def share(dataset: str, receiver: str, role: str) -> None:
    """Share DATASET, named by its slug, with a user or an organization."""
    held = db.session.scalar(visible_datasets(OPERATOR).where(Dataset.slug == dataset))
    if held is None:
        raise click.ClickException(f"There is no dataset “{dataset}”.")
    with_ = db.session.scalar(select(User).where(User.handle == receiver)) or db.session.scalar(
        select(Organization).where(Organization.key == receiver)
    )
    if with_ is None:
        raise click.ClickException(f"There is no user and no organization “{receiver}”.")
    sharing.share(OPERATOR, held, with_=with_, role=ShareRole(role))
    print(f"{dataset} is shared with {receiver} as {role}.")


def _password(from_stdin: bool) -> tuple[str, bool]:
    """A password, and whether it was made here."""
    if from_stdin:
        try:
            return sys.stdin.buffer.readline().decode().rstrip("\r\n"), False
        except UnicodeDecodeError:
            raise click.ClickException("The password is not written in UTF-8.") from None
    if sys.stdin.isatty():
        return click.prompt("Password", hide_input=True, confirmation_prompt=True), False
    return secrets.token_urlsafe(15), True
