"""Facts about a store and its server: what making it took, memory, whole lists, and how others fare beside those."""

from collections.abc import Iterator

from bench.asking import Callers
from bench.processes import memory
from bench.report import Fact
from bench.running import Serving
from bench.slow import READERS, first_byte, ping_beside
from bench.stores import Store
from bench.targets import said

_MEGABYTE = 2**20
# A million datasets within ten minutes.
_RATE = 1_000_000 / 600
_LIMIT_OF_IMPORT = 600
_LIMIT_OF_SERVER = 400
_LIMIT_OF_START = 2
_LIMIT_OF_PING = _LIMIT_OF_FIRST_BYTE = 100


def of_making(store: Store) -> Iterator[Fact]:
    """What making it took."""
    imported, indexed = store.made.imported, store.made.indexed
    rate = store.number / imported.seconds
    yield Fact("import", imported.line)
    yield Fact(
        "import, time",
        f"{imported.seconds:.1f} s, {rate:,.0f} datasets a second, {imported.cpu:.1f} s of processor",
        said(f"≥ {_RATE:,.0f} a second", rate >= _RATE),
    )
    used = imported.memory / _MEGABYTE
    bound = f"< {_LIMIT_OF_IMPORT} MB"
    yield Fact("import, memory", f"{used:.0f} MB at most", said(bound, used < _LIMIT_OF_IMPORT))
    everything = "everything" if store.made.is_searchable else "not yet everything"
    yield Fact("import, found by a search right after", everything, said("everything", store.made.is_searchable))
    yield Fact("index, built anew", f"{indexed.seconds:.1f} s, {indexed.memory / _MEGABYTE:.0f} MB at most")
    yield Fact("index, on disk", f"{_size(store) / _MEGABYTE:.1f} MB")


def of_start(served: Serving) -> Fact:
    """How long the server took until it gave a first page."""
    bound = f"< {_LIMIT_OF_START} s"
    return Fact("server, first page after start", f"{served.start:.1f} s", said(bound, served.start < _LIMIT_OF_START))


def of_whole_lists(served: Serving, store: Store, callers: Callers, seconds: float) -> Iterator[Fact]:
    """When the unpaged list begins, what others wait for beside slow readers of it, and the memory that these cost."""
    begins = first_byte(served)
    bound = f"< {_LIMIT_OF_FIRST_BYTE} ms"
    yield Fact("unpaged list, first byte", f"{begins:.1f} ms", said(bound, begins < _LIMIT_OF_FIRST_BYTE))
    before = memory(served.process, store.index).own
    ping, during = ping_beside(served, callers, seconds, lambda: memory(served.process, store.index).own)
    yield Fact(
        f"/ping beside {READERS} slow readers of it",
        f"p50 {ping.p50:.1f} ms, p99 {ping.p99:.1f} ms",
        said(f"p99 < {_LIMIT_OF_PING} ms", ping.p99 < _LIMIT_OF_PING),
    )
    yield Fact("memory that these readers cost", f"{max(0, during - before) / _MEGABYTE:.0f} MB")


def of_memory(served: Serving, store: Store) -> Iterator[Fact]:
    """The memory of the server after all that was asked."""
    used = memory(served.process, store.index)
    own, mapped, index = (size / _MEGABYTE for size in (used.own, used.mapped, used.index))
    yield Fact(
        "server, PSS",
        f"{own:.0f} MB of its own, {mapped:.0f} MB of programs and other files, {index:.0f} MB of the index",
        said(f"< {_LIMIT_OF_SERVER} MB without the index", own + mapped < _LIMIT_OF_SERVER),
    )
    yield Fact("server, RSS", f"{used.resident / _MEGABYTE:.0f} MB, its processes added up")


def _size(store: Store) -> int:
    return sum(path.stat().st_size for path in store.index.rglob("*") if path.is_file())
