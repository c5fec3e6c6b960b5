"""What processes take of the machine: processor time, and memory by what lies in it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Memory:
    """The memory of a process and its children in bytes."""

    resident: int
    """The resident memory of each, added up."""
    own: int
    """Without a file behind it; what several share is counted once, here and below."""
    mapped: int
    """Of files, programs and libraries, but for the index."""
    index: int
    """Of the index, which the system may take back at any time."""


def cpu_seconds(*processes: int) -> float:
    """The processor time that processes and their children have used."""
    fields = (_stat(one) for process in processes for one in with_children(process))
    return sum(int(used) for stat in fields for used in stat[11:13]) / _TICKS


def resident(process: int) -> int:
    """The resident memory of a process and its children in bytes, added up."""
    sizes = (_read(one, "statm") for one in with_children(process))
    return sum(int(size.split()[1]) for size in sizes if size) * _PAGE


def memory(process: int, index: Path) -> Memory:
    """The memory of a process and its children, of which that of files below `index` is told apart."""
    sizes = {"resident": 0, "own": 0, "mapped": 0, "index": 0}
    for one in with_children(process):
        for path, name, size in _mappings(one):
            if name == "Rss:":
                sizes["resident"] += size
            elif name == "Pss:":
                is_file = path.startswith("/")
                sizes["index" if path.startswith(f"{index}/") else "mapped" if is_file else "own"] += size
    return Memory(**sizes)


def with_children(process: int) -> list[int]:
    """A process and all that descend from it, as far as they live."""
    try:
        lists = [path.read_text().split() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return []
    return [process, *(one for children in lists for child in children for one in with_children(int(child)))]


def _mappings(process: int) -> Iterator[tuple[str, str, int]]:
    """The file of each mapping (or what else it is), with each line about it that is a size in bytes."""
    path = ""
    for line in _read(process, "smaps").splitlines():
        words = line.split(maxsplit=5)
        if words[0].endswith(":"):
            if words[-1] == "kB":
                yield path, words[0], int(words[1]) * 1024
        else:
            path = words[5] if len(words) > 5 else ""


def _stat(process: int) -> list[str]:
    return _read(process, "stat").rpartition(")")[2].split()


def _read(process: int, name: str) -> str:
    """What the system says of a process; nothing of one that has ended."""
    try:
        return Path(f"/proc/{process}/{name}").read_text()
    except OSError:
        return ""
