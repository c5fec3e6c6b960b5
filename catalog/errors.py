"""What can go wrong, in our own words; each entrance translates these into its caller's dialect."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what was given: where (`loc`), in words (`message`), by kind (`kind`), with `context`."""

    loc: tuple[str | int, ...]
    message: str
    kind: str
    context: dict | None = None


class CatalogError(Exception):
    """Anything that the catalog refuses; `message` is one sentence for the person who asked."""

    message = "The request could not be answered."

    def __init__(self, message: str | None = None) -> None:
        self.message = message or self.message
        super().__init__(self.message)


class NotFound(CatalogError):
    """What was asked for does not exist for this viewer."""

    message = "Not found."


class Gone(NotFound):
    """What was asked for was there for some time, and is no longer."""

    message = "This is no longer here."


class NotSignedIn(CatalogError):
    """The caller has to say who they are; `is_given` tells whether a credential came with the request and was wrong."""

    message = "Please sign in."

    def __init__(self, message: str | None = None, *, is_given: bool = False) -> None:
        super().__init__(message)
        self.is_given = is_given


class NotPermitted(CatalogError):
    """The caller is known and may not do this."""

    message = "You do not have permission to do this."


class Invalid(CatalogError):
    """What was given cannot be used; `faults` names every part of it that is wrong."""

    message = "What was given cannot be used."

    def __init__(self, message: str | None = None, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message or "; ".join(fault.message for fault in faults) or None)
        self.faults = tuple(faults)


class Taken(CatalogError):
    """The name is in use already."""

    message = "The name is taken."


class Overtaken(Taken):
    """Somebody else changed it since the caller looked."""

    message = "Somebody else saved this meanwhile."


class TooMany(CatalogError):
    """The caller asks too often; `retry_after` is in whole seconds."""

    message = "You have exceeded the rate limit. Please try again later."

    def __init__(self, retry_after: int = 1, message: str | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Busy(CatalogError):
    """The catalog cannot answer at the moment and will soon; `retry_after` is in whole seconds."""

    message = "The catalog is busy. Please try again in a moment."

    def __init__(self, message: str | None = None, *, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NoSuchAddress(NotFound):
    """No address of the catalog is like this."""

    message = "There is nothing at this address."


class WrongMethod(CatalogError):
    """The address exists, and not for this method; `allowed` are those that it takes."""

    message = "This address does not take that method."

    def __init__(self, allowed: Iterable[str]) -> None:
        super().__init__()
        self.allowed = tuple(sorted(allowed))


class NotServed(CatalogError):
    """The original serves this address, and a catalog cannot; `message` says what to do instead."""

    message = "This catalog does not serve this."


class TooLarge(CatalogError):
    """The request's body is larger than the catalog takes."""

    message = "The request is too large."


class Broken(CatalogError):
    """A fault of the catalog itself."""

    message = "Something went wrong in the catalog."


class StrangeHost(Invalid):
    """The request names a host that this catalog does not answer to."""

    message = "This catalog does not answer to that host name. Its operator can admit it by CATALOG_TRUSTED_HOSTS."
