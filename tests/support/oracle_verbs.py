"""What everybody may do in the oracle's world: each verb as the catalog has it, answered by the rules alone.

Each returns "done" with the world changed, or the name of its refusal with the world as it was.
"""

from tests.support.oracle import Actor, Content, Dataset, Download, World

DONE = "done"


def share(world: World, actor: Actor, dataset: Dataset, party: str, role: str) -> str:
    """A share, or another role in it."""
    if not may_manage(world, actor, dataset):
        return _refusal(world, actor)
    if party == dataset.owner:
        return "Invalid"
    dataset.shares[party] = role
    return DONE


def unshare(world: World, actor: Actor, dataset: Dataset, party: str) -> str:
    """A share ended."""
    if not may_manage(world, actor, dataset):
        return _refusal(world, actor)
    dataset.shares.pop(party, None)
    return DONE


def set_visibility(world: World, actor: Actor, dataset: Dataset, visibility: str) -> str:
    """A dataset opened or closed."""
    if not may_manage(world, actor, dataset):
        return _refusal(world, actor)
    dataset.visibility = visibility
    return DONE


def set_open(world: World, actor: Actor, dataset: Dataset, is_open: bool) -> str:
    """A dataset opened to everybody who is signed in, or closed."""
    if not may_manage(world, actor, dataset):
        return _refusal(world, actor)
    if is_open is (dataset.visibility == "private"):
        dataset.visibility = "internal" if is_open else "private"
    return DONE


def ask_download(world: World, actor: Actor, dataset: Dataset, number: int) -> str:
    """A download of one of the versions, by anybody who sees the dataset; a closed account's session is a visitor's."""
    is_known = actor.handle is not None and world.is_recognised(actor)
    if actor.handle and not is_known and actor.by != "session":
        return "NotSignedIn"
    if dataset not in world.visible_to(actor.handle if is_known else None):
        return "NotFound"
    semver, gfw_name = dataset.content.version(number)
    files = dataset.content.held_by(gfw_name) if gfw_name else []
    uri, asker = files[0].uri if files else None, actor.handle if is_known else None
    world.downloads.append(Download(dataset, semver, uri, asker, dataset.content, *dataset.given_download))
    return DONE


def withdraw(world: World, actor: Actor, dataset: Dataset) -> str:
    """A dataset put into the trash."""
    if not may_manage(world, actor, dataset):
        return _refusal(world, actor)
    dataset.is_withdrawn = True
    return DONE


def restore(world: World, actor: Actor, dataset: Dataset) -> str:
    """A dataset taken out of the trash."""
    if not may_manage(world, actor, dataset):
        return _refusal(world, actor)
    dataset.is_withdrawn = False
    return DONE


def rename(world: World, actor: Actor, dataset: Dataset, slug: str) -> str:
    """Another slug; the old one keeps leading to the dataset and is nobody else's.

    One that a dataset has or had of which the actor knows is taken; one of a hidden dataset is given with an ending.
    """
    if not may_manage(world, actor, dataset):
        return _refusal(world, actor)
    others = {other for other in world.datasets if other is not dataset and slug in {other.slug} | other.old_slugs}
    if any(_knows(world, actor, other) for other in others):
        return "Taken"
    if others:
        is_told_apart = dataset.given_slug.startswith(f"{slug}_")
        slug = dataset.given_slug if is_told_apart else f"{slug}_"
    dataset.old_slugs = (dataset.old_slugs | {dataset.slug}) - {slug}
    dataset.slug = slug
    return DONE


def transfer(world: World, actor: Actor, dataset: Dataset, owner: str, organization: str | None) -> str:
    """A dataset handed over; into an organization only by those who publish there."""
    is_moved = organization != dataset.organization
    if not may_manage(world, actor, dataset) or (is_moved and not _may_publish(world, actor, organization)):
        return _refusal(world, actor)
    if owner in world.disabled and owner != dataset.owner:
        return "NotPermitted"
    if owner != dataset.owner:
        dataset.shares.pop(owner, None)
    dataset.owner, dataset.organization = owner, organization
    return DONE


def revise(world: World, actor: Actor, dataset: Dataset, content: Content) -> str:
    """Other content."""
    if not may_revise(world, actor, dataset):
        return _refusal(world, actor)
    dataset.content = content
    return DONE


def register(world: World, actor: Actor, dataset: Dataset) -> str:
    """A new dataset, which has to be the actor's own."""
    may_own = _may_write(world, actor) and dataset.owner == actor.handle
    if not may_own or not _may_publish(world, actor, dataset.organization):
        return _refusal(world, actor)
    world.datasets.append(dataset)
    return DONE


def found(world: World, actor: Actor, key: str) -> str:
    """An organization, by anybody who has an account; who founds it is its admin."""
    if not _may_write(world, actor):
        return _refusal(world, actor)
    if key in world.roles or key in world.people:
        return "Taken"
    world.roles[key] = {actor.handle: "admin"}
    return DONE


def admit(world: World, actor: Actor, key: str, who: str, role: str) -> str:
    """A member, or another role for one."""
    if not may_admit(world, actor, key):
        return _refusal(world, actor)
    if role != "admin" and _is_last_admin(world, key, who):
        return "Invalid"
    world.roles[key][who] = role
    return DONE


def dismiss(world: World, actor: Actor, key: str, who: str) -> str:
    """A membership ended, by an admin of the organization or by who leaves."""
    if not may_admit(world, actor, key) and not (_may_write(world, actor) and actor.handle == who):
        return _refusal(world, actor)
    if _is_last_admin(world, key, who):
        return "Invalid"
    world.roles[key].pop(who, None)
    return DONE


def describe(world: World, actor: Actor, key: str, words: str) -> str:
    """What an organization says of itself."""
    return DONE if may_admit(world, actor, key) else _refusal(world, actor)


def set_disabled(world: World, actor: Actor, who: str, is_disabled: bool) -> str:
    """An account closed or reopened: by an administrator who came by session or by a token of scope admin."""
    if not (world.is_recognised(actor) and actor.handle in world.administrators and actor.by in ("session", "admin")):
        return _refusal(world, actor)
    if is_disabled is not (who in world.disabled):
        world.signed_out = world.signed_out | {who}
    world.disabled = world.disabled | {who} if is_disabled else world.disabled - {who}
    return DONE


def revoke_token(world: World, actor: Actor, token: Actor) -> str:
    """A token ended, by whose it is."""
    if not (_may_write(world, actor) and actor.handle == token.handle):
        return _refusal(world, actor)
    world.revoked = world.revoked | {token}
    return DONE


def revoke_key(world: World, actor: Actor, who: str) -> str:
    """An API key ended, by whose it is."""
    if not (_may_write(world, actor) and actor.handle == who):
        return _refusal(world, actor)
    world.revoked_keys = world.revoked_keys | {who}
    return DONE


def end_session(world: World, actor: Actor, who: str) -> str:
    """The session of somebody ended, by whose it is; for anybody else it is not there."""
    if not _may_write(world, actor):
        return _refusal(world, actor)
    if actor.handle != who or who in world.signed_out:
        return "NotFound"
    world.signed_out = world.signed_out | {who}
    return DONE


def may_manage(world: World, actor: Actor, dataset: Dataset) -> bool:
    """Share, change visibility, rename, withdraw, restore, transfer: the owner and admins of its organization."""
    is_owner = dataset.owner == actor.handle
    return _may_write(world, actor) and (is_owner or world.role_in(dataset.organization, actor.handle) == "admin")


def may_revise(world: World, actor: Actor, dataset: Dataset) -> bool:
    """Revise: those who manage it, editors by share, editors of its organization."""
    by_share = {dataset.shares.get(party) for party in world.receivers_of(actor.handle)}
    is_editor = "editor" in by_share | {world.role_in(dataset.organization, actor.handle)}
    return may_manage(world, actor, dataset) or (_may_write(world, actor) and is_editor)


def _knows(world: World, actor: Actor, dataset: Dataset) -> bool:
    is_in_trash = dataset.is_withdrawn and may_manage(world, actor, dataset)
    return is_in_trash or dataset in world.visible_to(actor.handle)


def _may_publish(world: World, actor: Actor, organization: str | None) -> bool:
    return organization is None or world.role_in(organization, actor.handle) in ("editor", "admin")


def may_admit(world: World, actor: Actor, key: str) -> bool:
    """Manage the members of an organization, and what it says of itself: its admins."""
    return _may_write(world, actor) and world.role_in(key, actor.handle) == "admin"


def _may_write(world: World, actor: Actor) -> bool:
    return actor.handle is not None and actor.by != "read" and world.is_recognised(actor)


def _refusal(world: World, actor: Actor) -> str:
    """A visitor, and who comes with a credential that does not work, has to sign in; anybody else may not."""
    return "NotPermitted" if actor.handle and world.is_recognised(actor) else "NotSignedIn"


def _is_last_admin(world: World, key: str, who: str) -> bool:
    """Whether `who` is an admin and no other one's account is open."""
    admins = {member for member, role in world.roles[key].items() if role == "admin"}
    return who in admins and admins - world.disabled <= {who}
