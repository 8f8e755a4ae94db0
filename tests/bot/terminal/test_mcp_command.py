"""`footnote mcp`: the protocol over standard input and output, spoken to by its own client."""

import asyncio
import shutil
import sys
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters

from tests.bot.indexed import ARTICLES

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
def test_a_program_on_the_same_machine_asks_over_pipes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A client that has waited so long takes the server for one of an older kind.
    monkeypatch.setattr("mcp.client.session.DISCOVER_TIMEOUT_SECONDS", 100.0)
    articles = Path(shutil.copytree(ARTICLES, tmp_path / "articles"))
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "footnote.bot.terminal.program", "mcp"],
        env={
            "FOOTNOTE_ARTICLES": str(articles),
            "FOOTNOTE_HOME": str(tmp_path / "home"),
            "PYTHONPATH": str(ROOT),
            "HF_HUB_OFFLINE": "1",
            "OMP_NUM_THREADS": "1",
        },
        cwd=tmp_path,
    )

    async def talk() -> None:
        async with Client(server, read_timeout_seconds=100) as client:
            result = await client.call_tool("ask", {"question": "Who built the lighthouse?"})
            [citation] = result.structured_content["result"]["claims"][0]["citations"]
            [contents] = (
                await client.read_resource(f"footnote://article/{citation['article']}")
            ).contents
            text: str = contents.text
            assert text[citation["start"] : citation["end"]] == citation["quotation"]
            assert "brothers Hale" in citation["quotation"]

    asyncio.run(talk())
