"""The commands of docs/api.md do what the page says, from the first to the last."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from footnote.bot.people.people import Role
from tests.bot.web.site import WebSite
from tests.ports import HOST

PAGE = Path(__file__).parents[3] / "docs" / "api.md"
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


def commands() -> list[str]:
    lines = "\n".join(_BLOCK.findall(PAGE.read_text(encoding="utf-8"))).splitlines()
    return [line for line in lines if line.startswith("curl ")]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_every_command_of_the_page_is_answered(website: WebSite) -> None:
    secret = website.footnote.tokens.new("the-page", Role.EDITOR)
    address = f"http://{HOST}:{website.port}"
    environment = {"PATH": os.environ["PATH"], "FOOTNOTE": address, "TOKEN": secret}
    outcomes: list[Any] = []
    for command in commands():
        ended = subprocess.run(
            ["sh", "-c", command], env=environment, capture_output=True, text=True, timeout=60
        )
        assert ended.returncode == 0, command
        assert not ended.stdout.startswith('{"error"'), (command, ended.stdout)
        outcomes.append(ended.stdout)
    told = [json.loads(text) for text in outcomes if not text.startswith("event: ")]
    assert [one["outcome"] for one in told if "outcome" in one] == ["added", "renamed", "removed"]
    assert [one["undone"] for one in told if "undone" in one] == ["removed"]
    assert any(one.get("result", {}).get("kind") == "answer" for one in told)
    assert len(outcomes) - len(told) == 1
