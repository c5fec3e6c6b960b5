"""What everybody sees of a small world, as set arithmetic; it shares nothing with the catalog that it judges."""

from collections.abc import Iterable
from dataclasses import dataclass, field

NO_VERSION = "0.0.0"
FIRST_VERSION = "1.0.0"
COLUMN = "height"
"""The one column of every asset."""


@dataclass(frozen=True)
class Actor:
    """Who asks or acts: a handle (None for a visitor) that came by session or by a token of a scope."""

    handle: str | None = None
    by: str = "session"


VISITOR = Actor()


@dataclass(frozen=True)
class File:
    """An asset: where it lies, what it is, and the version that it names (None: the latest)."""

    uri: str
    format: str | None
    version: str | None = None


@dataclass(frozen=True)
class Content:
    """What is in a dataset: its title, the labels of its versions, its assets."""

    title: str
    versions: tuple[str, ...] = ()
    files: tuple[File, ...] = ()

    @property
    def semvers(self) -> list[str]:
        """The versions as they stand: one is made for assets that would have none."""
        return sorted(self.versions) or ([FIRST_VERSION] if self.files else [])

    @property
    def gfw_names(self) -> list[str]:
        """The versions as the GFW dialect calls them: by their labels, the one that was made `v1`."""
        return [f"v{label}" for label in sorted(self.versions)] or (["v1"] if self.files else [])

    def held_by(self, gfw_name: str) -> list[File]:
        """The assets of one version: those that name it, and in the latest those that name none."""
        latest = self.gfw_names[-1:]
        return [file for file in self.files if ([f"v{file.version}"] if file.version else latest) == [gfw_name]]

    def version(self, number: int) -> tuple[str, str | None]:
        """One of the versions, round and round: its semantic version and its name in the GFW dialect."""
        names = list(zip(self.semvers, self.gfw_names, strict=True)) or [(NO_VERSION, None)]
        return names[number % len(names)]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The rows of the org dialect: each version with the format of its first asset, one for no version at all."""
        firsts = [next(iter(self.held_by(name)), None) for name in self.gfw_names]
        formats = [(file.format if file else None) or "unknown" for file in firsts]
        return list(zip(self.semvers, formats, strict=True)) or [(NO_VERSION, "unknown")]

    @property
    def formats(self) -> set[str]:
        """The formats of the assets, `-` standing for none at all."""
        return {file.format for file in self.files if file.format} or {"-"}


@dataclass(eq=False)
class Dataset:
    """A dataset: what it is called, whose it is, who may read it, what is in it."""

    slug: str
    owner: str
    organization: str | None
    visibility: str
    is_named: bool
    content: Content
    shares: dict[str, str] = field(default_factory=dict)
    """The role by user or organization."""
    is_withdrawn: bool = False
    old_slugs: set[str] = field(default_factory=set)
    public_id: str = ""
    given_slug: str = ""
    """What the catalog called it when it was last renamed."""
    given_download: tuple[str, str | None] = ("", None)
    """The id of the download that was last asked for, and its address."""

    @property
    def party(self) -> str:
        """Under whom the org dialect has it."""
        return self.organization or self.owner

    @property
    def full_name(self) -> str:
        """What the org dialect calls it."""
        return f"{self.party}/{self.slug}"

    @property
    def storage_name(self) -> str:
        """What the Apify dialect calls it."""
        return self.slug if self.is_named else self.public_id


@dataclass(frozen=True)
class Download:
    """A download that somebody asked for (None: a visitor): of what, and where its file lay, if there was one."""

    dataset: Dataset
    semver: str
    uri: str | None
    asked_by: str | None
    content: Content
    """What was in the dataset then."""
    id: str
    address: str | None


@dataclass
class World:
    """Everything that decides who sees what."""

    people: set[str]
    administrators: set[str]
    disabled: set[str]
    roles: dict[str, dict[str, str]]
    """The role of each member by handle, by organization."""
    datasets: list[Dataset]
    """Oldest first."""
    revoked: set[Actor] = field(default_factory=set)
    """The tokens that were revoked, as who came by them."""
    revoked_keys: set[str] = field(default_factory=set)
    """Those whose API key was revoked."""
    downloads: list[Download] = field(default_factory=list)
    """Oldest first."""
    signed_out: set[str] = field(default_factory=set)
    """Those whose sessions have ended since the beginning."""

    def is_recognised(self, actor: Actor) -> bool:
        """Whether the credential works; a visitor has none that could fail."""
        return actor.handle not in self.disabled and actor not in self.revoked

    def open_to(self, who: str | None) -> set[Dataset]:
        """Those that their visibility alone opens."""
        words = {"public", "internal"} if who else {"public"}
        return {dataset for dataset in self._standing if dataset.visibility in words}

    def owned_by(self, who: str | None) -> set[Dataset]:
        """Their own."""
        return {dataset for dataset in self._standing if dataset.owner == who}

    def shared_with(self, who: str | None) -> set[Dataset]:
        """Those that a share opens to them or to an organization of theirs."""
        return {dataset for dataset in self._standing if self.receivers_of(who) & dataset.shares.keys()}

    def published_by(self, keys: Iterable[str]) -> set[Dataset]:
        """Those of these organizations."""
        return {dataset for dataset in self._standing if dataset.organization in set(keys)}

    def reaching(self, who: str | None) -> set[Dataset]:
        """Those that reach them otherwise than by visibility."""
        return self.owned_by(who) | self.shared_with(who) | self.published_by(self.organizations_of(who))

    def by_ownership(self, who: str | None, ownership: str | None) -> set[Dataset]:
        """Those that reach them in that way, in the words of the Apify dialect."""
        mine = self.owned_by(who)
        return {None: self.reaching(who), "ownedByMe": mine, "sharedWithMe": self.reaching(who) - mine}[ownership]

    def visible_to(self, who: str | None) -> set[Dataset]:
        """All that exists for them."""
        return self.open_to(who) | self.reaching(who)

    def organizations_of(self, who: str | None) -> set[str]:
        """The organizations that they belong to."""
        return {key for key, members in self.roles.items() if who in members}

    def receivers_of(self, who: str | None) -> set[str]:
        """Whom a share has to name so that it reaches them."""
        return {who} | self.organizations_of(who) if who else set()

    def role_in(self, key: str | None, who: str | None) -> str | None:
        """Their role in an organization."""
        return self.roles[key].get(who) if key else None

    def known_organizations(self, who: str | None) -> set[str]:
        """The organizations that exist for them."""
        open_ones = {dataset.organization for dataset in self.visible_to(who)} - {None}
        return set(self.roles) if who else open_ones

    def org_list(self, who: str, key: str, *, with_public: bool) -> set[Dataset] | int:
        """What the org dialect lists under `key`, or the status of its refusal."""
        if key not in self.roles and key not in self.people:
            return 404
        if key in self.people:
            theirs = named(dataset for dataset in self.owned_by(who) if dataset.organization is None)
            found = theirs if key == who else None
        else:
            theirs = named(self.published_by([key]) & self.reaching(who))
            found = theirs if theirs or key in self.organizations_of(who) else None
        if with_public and (found is not None or key in self.roles):
            return (found or set()) | named(self.open_to(who))
        return 403 if found is None else found

    def org_facets(self, who: str, key: str, *, with_public: bool) -> set[Dataset] | int:
        """What the org dialect counts the facets of under `key`, or the status of its refusal."""
        if with_public or self.may_enter(who, key) != 200:
            return self.org_list(who, key, with_public=True) if with_public else self.may_enter(who, key)
        return self.org_list(who, key, with_public=False)

    def may_enter(self, who: str, key: str) -> int:
        """Whether the org dialect tells them of the organization or user `key`, as a status."""
        if key == who or key in self.organizations_of(who):
            return 200
        return 403 if key in self.roles or key in self.people else 404

    def activity(self, who: str, key: str) -> list[Download]:
        """The downloads that the org dialect shows them under `key`, newest first."""
        alone = {dataset for dataset in self.owned_by(who) if dataset.organization is None}
        theirs = named(alone if key == who else self.published_by([key]))
        return [download for download in reversed(self.downloads) if download.dataset in theirs]

    def destination(self, download: Download) -> tuple[int, str | None] | None:
        """The status that the address of a download answers to anybody, and where it leads while its asker may see it.

        None where that cannot be told: what was in the dataset has been revised since.
        """
        if download.asked_by in self.disabled or download.dataset not in self.visible_to(download.asked_by):
            return 404, None
        return (302, download.uri) if download.content is download.dataset.content else None

    def lead(self, who: str | None, slug: str) -> str | None:
        """The present slug of what is or was called `slug`; None when there is nothing that they may see."""
        meant = (dataset for dataset in self.visible_to(who) if slug in {dataset.slug} | dataset.old_slugs)
        return next((dataset.slug for dataset in meant), None)

    @property
    def _standing(self) -> set[Dataset]:
        return {dataset for dataset in self.datasets if not dataset.is_withdrawn}


def named(datasets: Iterable[Dataset]) -> set[Dataset]:
    """Those that lists show without being asked for working storage."""
    return {dataset for dataset in datasets if dataset.is_named}


def slugs(datasets: Iterable[Dataset]) -> list[str]:
    """Their slugs, in the order of code points."""
    return sorted(dataset.slug for dataset in datasets)


def uris(datasets: Iterable[Dataset]) -> list[str]:
    """Where their assets lie, sorted."""
    return sorted(file.uri for dataset in datasets for file in dataset.content.files)


def org_rows(datasets: Iterable[Dataset]) -> list[tuple[str, str]]:
    """The rows of the org dialect, one a version: full name and semantic version, in the order of both."""
    return sorted((one.full_name, semver) for one in datasets for semver in one.content.semvers or [NO_VERSION])
