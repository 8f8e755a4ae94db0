"""The articles through the API: who may change them, and what becomes of what is sent."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from footnote.bot.people.people import Role
from tests.bot.web.site import WebSite
from tests.corpus.site import Site

TEXT = "Glass is made of sand. It is molten at 1,700 degrees in a furnace, and blown while hot. "
LONG = TEXT + " ".join(f"Sort {n} of glass has a colour of its own." for n in range(12))


@pytest.fixture
def editor(website: WebSite) -> Iterator[httpx.Client]:
    with website.program(Role.EDITOR, "an-editor") as editor:
        yield editor


@pytest.fixture
def reader(website: WebSite) -> Iterator[httpx.Client]:
    with website.program(Role.READER, "a-reader") as reader:
        yield reader


def add(editor: httpx.Client, **body: Any) -> dict[str, Any]:
    replied = editor.post("/api/articles", json=body)
    assert replied.status_code == 201, replied.text
    told: dict[str, Any] = replied.json()
    return told


def test_articles_are_listed_searched_and_read(reader: httpx.Client) -> None:
    listed = reader.get("/api/articles").json()
    assert listed["total"] == len(listed["articles"]) == 3
    page = reader.get("/api/articles", params={"limit": 1, "offset": 1}).json()
    assert (page["total"], page["articles"]) == (3, listed["articles"][1:2])
    [tea] = reader.get("/api/articles", params={"search": "tea"}).json()["articles"]
    read = reader.get(f"/api/articles/{tea['article']}").json()
    assert read["characters"] == len(read["text"]) == tea["characters"]
    assert len(read["passages"]) == tea["passages"]
    assert "text" not in reader.get(f"/api/articles/{tea['article']}?text=false").json()


def test_what_an_editor_adds_is_answered_from_at_once(editor: httpx.Client) -> None:
    told = add(editor, text=LONG, title="On glass", url="https://example.org/glass")
    assert (told["outcome"], told["title"], told["searchable"]) == ("added", "On glass", True)
    [citation] = editor.post("/api/ask", json={"question": "What is glass made of?"}).json()[
        "result"
    ]["claims"][0]["citations"]
    assert (citation["article"], citation["url"]) == (told["article"], "https://example.org/glass")


def test_a_file_is_added_by_its_bytes(editor: httpx.Client) -> None:
    replied = editor.post(
        "/api/articles?name=glass.md",
        content=f"# Of glass\n\n{LONG}".encode(),
        headers={"Content-Type": "application/octet-stream"},
    )
    assert (replied.status_code, replied.json()["title"]) == (201, "Of glass")


def test_what_has_no_title_is_called_by_its_beginning_unless_it_replaces(
    editor: httpx.Client,
) -> None:
    as_bytes = {"Content-Type": "application/octet-stream"}
    told = editor.post("/api/articles", content=LONG.encode(), headers=as_bytes).json()
    assert told["title"].startswith("Glass is made of sand.")
    path = f"/api/articles/{told['article']}"
    editor.patch(path, json={"title": "Glass"})
    assert editor.put(path, json={"text": f"{LONG} It breaks."}).json()["title"] == "Glass"
    put = editor.put(path, content=f"{LONG} It shines.".encode(), headers=as_bytes)
    assert put.json()["title"] == "Glass"
    assert editor.get(path).json()["text"].endswith("It shines.")


def test_a_title_that_is_there_already_is_no_change(editor: httpx.Client) -> None:
    path = f"/api/articles/{add(editor, text=LONG, title='On glass')['article']}"
    first = editor.patch(path, json={"title": "Glass"}).json()
    again = editor.patch(path, json={"title": "Glass"}).json()
    assert (first["change"] is None, again["change"]) == (False, None)


def test_a_link_is_fetched_or_told_why_not(editor: httpx.Client, site: Site) -> None:
    refused = editor.post("/api/articles", json={"url": "http://127.0.0.1:1/x"})
    assert refused.status_code == 422
    assert refused.json()["error"]


def test_the_same_again_and_a_near_copy_are_recognised(editor: httpx.Client) -> None:
    first = add(editor, text=LONG)
    again = editor.post("/api/articles", json={"text": LONG})
    assert (again.status_code, again.json()["outcome"]) == (200, "already here")
    near = editor.post("/api/articles", json={"text": f"{LONG} And this."})
    assert near.status_code == 409
    assert "already" in near.json()["error"]
    copied = editor.post("/api/articles?copies=true", json={"text": f"{LONG} And this."})
    assert (copied.status_code, copied.json()["article"] != first["article"]) == (201, True)


def test_an_article_is_replaced_renamed_removed_and_brought_back(editor: httpx.Client) -> None:
    path = f"/api/articles/{add(editor, text=LONG, title='On glass')['article']}"
    replaced = editor.put(path, json={"text": f"{LONG} It breaks.", "title": "On glass"}).json()
    assert (replaced["outcome"], replaced["words_added"]) == ("new revision", 2)
    assert editor.patch(path, json={"title": "Glass"}).json()["title"] == "Glass"
    removed = editor.delete(path).json()
    assert (removed["outcome"], editor.get(path).status_code) == ("removed", 404)
    undone = editor.post("/api/undo", json={"change": removed["change"]}).json()
    assert (undone["undone"], undone["is_there"]) == ("removed", True)
    assert editor.get(path).json()["text"].endswith("It breaks.")
    assert editor.post("/api/undo", json={}).json()["undone"] == "renamed"
    assert editor.get(path).json()["title"] == "On glass"


def test_an_article_in_a_folder_is_reached_by_its_whole_name(
    website: WebSite, editor: httpx.Client
) -> None:
    folder = Path(website.footnote.store.place) / "old"
    folder.mkdir()
    (folder / "glass.md").write_text(f"# Old glass\n\n{LONG}\n")
    website.footnote.library.sync()
    for path in ("/api/articles/old/glass", "/api/articles/old%2Fglass"):
        assert editor.get(path).json()["title"] == "Old glass"


def test_a_reader_changes_nothing(reader: httpx.Client) -> None:
    tried = [
        reader.post("/api/articles", json={"text": LONG}),
        reader.put("/api/articles/tea", json={"text": LONG}),
        reader.patch("/api/articles/tea", json={"title": "Coffee"}),
        reader.delete("/api/articles/tea"),
        reader.post("/api/undo", json={}),
    ]
    assert [refused.status_code for refused in tried] == [403] * len(tried)
    assert reader.get("/api/articles").json()["total"] == 3


@pytest.mark.parametrize(
    "article",
    [
        "../home/state",
        "..%2Fstate",
        "tea%00",
        "%2Fetc%2Fpasswd",
        ".hidden",
        "x" * 253,
        "x/" * 1500 + "x",
    ],
)
def test_a_name_leads_nowhere_but_to_an_article(editor: httpx.Client, article: str) -> None:
    path = f"/api/articles/{article}"
    for refused in (editor.get(path), editor.delete(path)):
        assert refused.status_code in (404, 405, 400), refused.text
        assert "/home/" not in refused.text


def test_looking_is_limited_too(website: WebSite, reader: httpx.Client) -> None:
    website.footnote.looks._most = 1
    assert reader.get("/api/articles").status_code == 200
    refused = reader.get("/api/articles")
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
