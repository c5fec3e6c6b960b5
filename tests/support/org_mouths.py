"""What the org dialect says beside its list, and what the oracle says that it should."""

from tests.support.mouths import Mouth

MOUTHS: tuple[Mouth, ...] = ()
