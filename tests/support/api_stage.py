"""Plays what people of a drawn world try by the dialects that take a change, each with a token of theirs."""

from typing import Any

from werkzeug.test import TestResponse

from tests.support import oracle_verbs
from tests.support.callers import Script
from tests.support.form_stage import Sent
from tests.support.oracle import Actor, Dataset
from tests.support.stage import DONE, Stage
from tests.support.worlds import Change, resolve

VERBS = {"set_open", "ask_download", "revoke_key"}
_WORDS = {200: DONE, 401: "NotSignedIn", 403: "NotPermitted", 404: "NotFound"}


class ApiStage(Stage):
    """The catalog filled with a world, whose people write scripts; all other changes are made as `Stage` makes them."""

    def send(self, change: Change) -> Sent | None:
        """What came of `change`, and what should have; None where there is nothing to send."""
        if change.verb not in VERBS:
            self.attempt(change)
            return None
        resolved = resolve(change, self.world)
        if resolved is None:
            return None
        actor, arguments = resolved
        actor = Actor(actor.handle, "write") if actor.handle and actor.by == "session" else actor
        before = self._everything()
        answer = getattr(self, f"_send_{change.verb}")(Script(self.app), self.secrets.get(actor), *arguments)
        after = self._everything()
        return Sent(
            expected=self._expected(change.verb, actor, arguments),
            came=_WORDS.get(answer.status_code, str(answer.status_code)),
            is_changed=before != after,
            is_journalled=before["change"] != after["change"],
        )

    def _send_set_open(self, script: Script, token: str | None, dataset: Dataset, is_open: bool) -> TestResponse:
        return script.open("PATCH", f"{_path(dataset)}/visibility", token=token, json={"is_public": is_open})

    def _send_ask_download(self, script: Script, token: str | None, dataset: Dataset, number: int) -> TestResponse:
        semver, _ = dataset.content.version(number)
        answer = script.post(f"{_path(dataset)}/{semver}/download", token=token)
        if answer.status_code == 200:
            dataset.given_download = (answer.json["download_id"], answer.json["url"])
        return answer

    def _send_revoke_key(self, script: Script, token: str | None, who: str) -> TestResponse:
        return script.open("DELETE", f"/auth/apikey/{self.keys[who]}", token=token)

    def _expected(self, verb: str, actor: Actor, arguments: tuple[Any, ...]) -> str:
        """What the oracle's verb says to those who come with a token that works, of what they see."""
        if actor.handle is None or not self.world.is_recognised(actor):
            return "NotSignedIn"
        about = arguments[0]
        if isinstance(about, Dataset):
            is_there = about in self.world.visible_to(actor.handle)
        else:
            is_there = about == actor.handle and about not in self.world.revoked_keys
        came = getattr(oracle_verbs, verb)(self.world, actor, *arguments) if is_there else "NotFound"
        # The GFW dialect has 401 for whoever may not, too.
        return "NotSignedIn" if verb == "revoke_key" and came == "NotPermitted" else came


def _path(dataset: Dataset) -> str:
    return f"/api/v1/org/{dataset.party}/datasets/{dataset.slug}"
