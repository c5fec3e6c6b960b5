"""Pages about organizations: the list, and one with its datasets and, for its own, its members."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from catalog.access import is_member, may_admit
from catalog.identity import current_viewer
from catalog.listing.criteria import DatasetCriteria, DatasetSort
from catalog.listing.organizations import count_organizations, get_organization, list_members, list_organizations
from catalog.listing.paging import Window
from catalog.pages.cards import drawn_cards
from catalog.pages.door import page, settings
from catalog.pages.lists import Place, read_address
from catalog.pages.wording import sentence
from catalog.vocabulary.text import tidy

bp = Blueprint("organizations", __name__, url_prefix="/organizations")

_MOST_MEMBERS = 12


@bp.get("")
@page
def index() -> ResponseReturnValue:
    """All organizations that the viewer may know of, by name."""
    viewer = current_viewer()
    address = read_address(("q",))
    query = tidy((address.args.get("q") or ("",))[-1])[: settings().text_limit]
    found = list_organizations(viewer, query, address.window)
    return render_template(
        "organizations/index.html",
        organizations=[
            {
                "title": one.organization.title,
                "key": one.organization.key,
                "href": url_for("organizations.show", key=one.organization.key),
                "dataset_count": one.dataset_count,
                "description": one.organization.description,
            }
            for one in found
        ],
        sentence=sentence("organization", found.total, query, (), "by name"),
        query=query,
        all_count=0 if found.total else count_organizations(viewer),
        page=Place.of(found),
        links=address.links(url_for("organizations.index"), {"q": (query,)}),
        notes=address.notes,
    )


@bp.get("/<key>")
@page
def show(key: str) -> ResponseReturnValue:
    """One organization."""
    viewer = current_viewer()
    organization = get_organization(viewer, key)
    address = read_address()
    wanted = DatasetCriteria(organizations=(organization.key,))
    found = drawn_cards(viewer, wanted, DatasetSort.UPDATED.order(is_descending=True), address.window, level=3)
    members = list_members(viewer, organization, Window(0, _MOST_MEMBERS))
    return render_template(
        "organizations/show.html",
        organization={
            "title": (organization.extra or {}).get("title") or organization.title,
            "key": organization.key,
            "description": organization.description,
            "is_mine": is_member(viewer, organization.id),
            "datasets_href": url_for("datasets.index", organization=organization.key),
            "members_href": url_for("members.index", key=organization.key),
            "edit_href": url_for("founding.edit", key=key) if may_admit(viewer, organization.id) else None,
        },
        datasets=found.items,
        page=Place.of(found),
        links=address.links(url_for("organizations.show", key=organization.key)),
        notes=address.notes,
        member_count=members.total,
        members=[
            (
                member.role.capitalize(),
                {"text": member.user.display_title, "href": url_for("users.show", handle=member.user.handle)},
            )
            for member in members
        ],
    )
