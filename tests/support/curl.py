"""What stands in for curl where there is none: the options that the commands of the pages use, and no others."""

import os
import shutil
import sys
from pathlib import Path

_CURL = """#!{python}
import sys, requests
words, headers = sys.argv[1:], {{}}
while len(words) > 1:
    option = words.pop(0)
    if option == "-H":
        headers.update([words.pop(0).split(": ", 1)])
    elif option != "-g":
        sys.exit(f"unknown option {{option}}")
print(requests.get(words[0], headers=headers).text)
"""


def path_with_curl(folder: Path) -> str:
    """Where commands look for programs, curl among them: its stand-in lies in `folder` where there is no other."""
    path = os.environ["PATH"]
    if shutil.which("curl"):
        return path
    stand_in = folder / "bin" / "curl"
    stand_in.parent.mkdir()
    stand_in.write_text(_CURL.format(python=sys.executable))
    stand_in.chmod(0o755)
    return f"{stand_in.parent}:{path}"
