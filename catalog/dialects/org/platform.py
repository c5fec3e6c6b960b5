"""What the client asks before anything else: whether the platform is well, who is calling, and where they belong."""

from flask import Response

from catalog.access import Viewer
from catalog.dialects.describing import Answer, Operation, described, list_of, ref
from catalog.dialects.org.door import DOOR, bp, signed_in
from catalog.dialects.org.present_parties import WORKSPACE, organization, user, workspace, workspace_id
from catalog.dialects.wire import answer, conditional, spend_by_address, through
from catalog.errors import NotFound, NotPermitted, NotSignedIn
from catalog.listing.parties import Party, get_party, get_self, parties_of


@bp.get("/health")
@described(
    Operation(
        summary="Whether the catalog answers",
        answers={200: Answer(about="It does.", schema=ref("Health"))},
        is_open=True,
    )
)
def health() -> Response:
    """That the catalog answers, to anybody, whatever they bear."""
    spend_by_address("org")
    return answer({"status": "ok"}, headers={"Cache-Control": "no-store"})


@bp.get("/user")
@through(DOOR, "org")
@described(
    Operation(
        summary="The caller's own account",
        answers={200: Answer(about="The account.", schema=ref("User"))},
        refusals=(NotSignedIn,),
    )
)
def get_user() -> Response:
    """The caller's own account."""
    viewer = signed_in()
    return conditional(lambda: answer(user(get_self(viewer))), is_private=True)


@bp.get("/user/organizations")
@through(DOOR, "org")
@described(
    Operation(
        summary="The organizations that the caller belongs to, and the caller alone",
        answers={200: Answer(about="Organizations.", schema=list_of(ref("Organization")))},
        refusals=(NotSignedIn,),
    )
)
def list_user_organizations() -> Response:
    """The organizations that the caller belongs to, and the caller alone."""
    viewer = signed_in()
    return conditional(lambda: answer([organization(party) for party in parties_of(viewer)]), is_private=True)


_OF_MEMBERS = (NotSignedIn, NotPermitted, NotFound)


@bp.get("/org/<org>")
@through(DOOR, "org")
@described(
    Operation(
        summary="An organization, for its members",
        answers={200: Answer(about="The organization.", schema=ref("Organization"))},
        refusals=_OF_MEMBERS,
    )
)
def get_organization(org: str) -> Response:
    """An organization, for its members."""
    viewer = signed_in()
    return conditional(lambda: answer(organization(get_party(viewer, org))), is_private=True)


@bp.get("/org/<org>/ws")
@through(DOOR, "org")
@described(
    Operation(
        summary="The workspaces of an organization: the one that each has",
        answers={200: Answer(about="Workspaces.", schema=list_of(ref("Workspace")))},
        refusals=_OF_MEMBERS,
    )
)
def list_organization_workspaces(org: str) -> Response:
    """The workspaces of an organization: the one that each has."""
    viewer = signed_in()
    return conditional(lambda: answer([workspace(get_party(viewer, org))]), is_private=True)


@bp.get("/org/<org>/ws/<ws>")
@through(DOOR, "org")
@described(
    Operation(
        summary="The workspace of an organization",
        answers={200: Answer(about="The workspace.", schema=ref("Workspace"))},
        refusals=_OF_MEMBERS,
    )
)
def get_workspace(org: str, ws: str) -> Response:
    """The workspace of an organization."""
    viewer = signed_in()
    return conditional(lambda: answer(workspace(_at(viewer, org, ws))), is_private=True)


@bp.get("/org/<org>/ws/<ws>/projects")
@through(DOOR, "org")
@described(
    Operation(
        summary="The projects of a workspace, of which there are none",
        answers={200: Answer(about="An empty list.", schema=list_of(ref("Project")))},
        refusals=_OF_MEMBERS,
    )
)
def list_projects(org: str, ws: str) -> Response:
    """The projects of a workspace, of which there are none."""
    _at(signed_in(), org, ws)
    return answer([], headers={"Cache-Control": "private, no-store"})


@bp.get("/org/<org>/ws/<ws>/projects/<project>")
@through(DOOR, "org")
@described(Operation(summary="A project of a workspace, of which there are none", refusals=_OF_MEMBERS))
def get_project(org: str, ws: str, project: str) -> Response:
    """A project of a workspace, of which there are none: NotFound for those who may know."""
    _at(signed_in(), org, ws)
    raise NotFound(f"There is no project “{project[:60]}”.")


def _at(viewer: Viewer, org: str, ws: str) -> Party:
    """The organization whose workspace has the key or id `ws`; NotFound where it has no such one."""
    party = get_party(viewer, org)
    if ws not in (WORKSPACE, str(workspace_id(party))):
        raise NotFound(f"There is no workspace “{ws[:60]}”.")
    return party
