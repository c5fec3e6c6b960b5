"""All payloads, several at a time."""

from functools import cache

from tests.attacks.payloads import PAYLOADS

# A mark goes with each bundle, of at most so many characters, and what stands between it and the payloads.
_MARK = 9


@cache
def bundles(limit: int | None, between: str) -> list[tuple[str, ...]]:
    """All payloads in as few bundles as fit into `limit` characters each, one bundle where there is no limit.

    The few payloads that are longer than a field is alone go into it cut.
    """
    if limit is None:
        return [PAYLOADS]
    room, made = limit - _MARK, []
    for payload in sorted((payload[:room] for payload in PAYLOADS), key=len, reverse=True):
        for bundle in made:
            if len(between.join((*bundle, payload))) <= room:
                bundle.append(payload)
                break
        else:
            made.append([payload])
    return [tuple(bundle) for bundle in made]
