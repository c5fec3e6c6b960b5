"""An import finds its records again, changes what changed, and never takes over what is not its own."""

import pytest

from catalog.access import OPERATOR
from catalog.changes import datasets
from catalog.changes.drafts import DatasetDraft
from catalog.db import db
from catalog.model import Change, Dataset
from tests.harvest.conftest import asset, record
from tests.support.stage import viewer_of_party  # noqa: F401 - replaced below
