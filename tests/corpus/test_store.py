import errno
import os
import tempfile
import threading
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from footnote.corpus.article import Article, Draft
from footnote.corpus.errors import ArticleNotFound, CorpusError, FolderUnusable, FrontMatterFault
from footnote.corpus.store import ArticleStore
from tests.corpus.awkward import drafts

_DRAFT = Draft(title="The talks in Urumqi", text="Four countries met.", author="Jane Doe")
_IN_PLACE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def store(tmp_path):
    return ArticleStore(tmp_path / "articles")


@pytest.fixture
def folder(store):
    store.files.folder.mkdir()
    return store.files.folder


@pytest.fixture
def loop(folder):
    (folder / "loop.md").symlink_to("loop.md")


def _files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# Names


@pytest.mark.parametrize(
    "article",
    [
        *("", ".", "..", "../secret", "a/../../secret", "/etc/passwd", "a//b", "a/", "/", "a/."),
        *(".hidden", "a/.hidden/b", "nul\0", "\ud800"),
    ],
)
@pytest.mark.parametrize("use", ["content", "read", "remove"])
def test_id_that_leads_elsewhere_is_not_found(store, folder, article, use):
    (folder.parent / "secret.md").write_text("Secret.")
    with pytest.raises(ArticleNotFound, match="not the name of an article"):
        getattr(store, use)(article)
    assert (folder.parent / "secret.md").exists()


def test_nothing_is_written_under_an_id_that_leads_elsewhere(store, folder):
    with pytest.raises(ArticleNotFound):
        store.replace("../outside", _DRAFT)
    assert _files(folder.parent) == ["articles"]


@given(st.text(st.characters(exclude_categories=()), max_size=400))
@_IN_PLACE
def test_any_id_ends_in_an_article_or_is_not_found(tmp_path, article):
    with pytest.raises(ArticleNotFound):
        ArticleStore(tmp_path).read(article)


@pytest.mark.parametrize("article", ["a" * 253, "ü" * 127, "sub/" + "a" * 300, "a/" * 3000 + "a"])
def test_name_too_long_for_the_file_system_is_not_found(store, folder, article):
    for use in (store.content, store.read, store.remove):
        with pytest.raises(ArticleNotFound, match="there is no article"):
            use(article)
    with pytest.raises(FolderUnusable):
        store.replace(article, _DRAFT)
    assert _files(folder)[1:] == []


@pytest.mark.parametrize("article", ["a" * 252, "ü" * 126, "sub/folder/name", "خبر", "a b", "a.b"])
def test_article_is_found_under_any_name_that_a_file_can_have(store, article):
    written = store.replace(article, _DRAFT)
    assert store.read(article) == written
    assert list(store.stamps()) == [article]
    assert store.find(article) == article


def test_name_that_is_not_utf8_is_a_fault_of_that_file_alone(store, folder):
    store.replace("good", _DRAFT)
    (folder / os.fsdecode(b"caf\xe9.md")).write_text("Words.")
    names = list(store.stamps())
    assert len(names) == 2
    with pytest.raises(FrontMatterFault, match="rename the file") as caught:
        store.read(next(name for name in names if name != "good"))
    assert "caf\\udce9.md" in str(caught.value)
    str(caught.value).encode()
    with pytest.raises(ArticleNotFound, match="did you mean") as not_found:
        store.find("cafe")
    str(not_found.value).encode()


# Listing


def test_articles_are_markdown_files_that_do_not_begin_with_a_dot(store, folder):
    for name in ("b.md", "a/z.md", "a/b/c.md", "c.txt", "d.md~", ".e.md", ".git/f.md", "x.md/g.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Words.")
    (folder / "empty").mkdir()
    assert list(store.stamps()) == ["a/b/c", "a/z", "b", "x.md/g"]


def test_look_among_some_ids_finds_the_same_as_a_look_at_all(store, folder, loop):
    for path in ("b.md", "a/z.md", ".hidden.md", "other.md"):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text("Text.")
    (folder / "x.md").mkdir()
    found, closed = store.look(["b", "a/z", ".hidden", "x", "loop", "missing", "../b", "b/c"])
    assert list(found) == ["a/z", "b"]
    assert found.items() <= store.stamps().items()
    assert not closed


def test_stamp_tells_a_change(store):
    store.replace("a", _DRAFT)
    before = store.stamps()
    assert store.stamps() == before
    store.replace("a", replace(_DRAFT, text="Five countries met."))
    assert store.stamps()["a"] != before["a"]


def test_stamp_is_reliable_when_no_write_could_hide_behind_it(store):
    path = store.files.path(store.replace("a", _DRAFT).id)
    assert not store.stamps()["a"].is_reliable()
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 60))
    assert store.stamps()["a"].is_reliable()


def test_missing_folder_is_not_an_empty_one(store):
    with pytest.raises(FolderUnusable, match="is not a folder: make it"):
        store.stamps()
    with pytest.raises(FolderUnusable):
        store.find("anything")


def test_folder_that_is_a_file_is_refused(store, tmp_path):
    store.files.folder.write_text("a file")
    with pytest.raises(FolderUnusable, match="is not a folder"):
        store.stamps()
    with pytest.raises(FolderUnusable, match="articles is not a folder"):
        store.add(_DRAFT)
    with pytest.raises(ArticleNotFound):
        store.read("a")
    assert store.files.folder.read_text() == "a file"


@pytest.mark.usefixtures("loop")
def test_link_that_leads_nowhere_is_no_article(store, folder):
    (folder / "dead.md").symlink_to("nothing.md")
    store.replace("good", _DRAFT)
    assert list(store.stamps()) == ["good"]
    for name in ("loop", "dead"):
        with pytest.raises(ArticleNotFound):
            store.read(name)


def test_link_to_a_file_is_an_article_and_link_to_a_folder_is_not_followed(store, folder):
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "article.md").write_text("Words from outside.")
    (folder / "linked.md").symlink_to(outside / "article.md")
    (folder / "round").symlink_to(folder)
    (folder / "outside").symlink_to(outside)
    assert list(store.stamps()) == ["linked"]
    assert store.read("linked").text == "Words from outside."


def test_file_that_vanishes_while_the_folder_is_listed_is_passed_over(store, folder, monkeypatch):
    for name in ("a", "b", "c", "sub/d"):
        store.replace(name, _DRAFT)
    scandir = os.scandir

    def another_program_removes_b_and_d(path):
        entries = list(scandir(path))
        (folder / "b.md").unlink(missing_ok=True)
        if (folder / "sub").exists():
            (folder / "sub/d.md").unlink()
            (folder / "sub").rmdir()
        return _Listing(entries)

    monkeypatch.setattr(os, "scandir", another_program_removes_b_and_d)
    assert list(store.stamps()) == ["a", "c"]


class _Listing(list[os.DirEntry[str]]):
    """Directory entries as `os.scandir` gives them: to be used in a `with`."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


# Reading


def test_file_without_a_head_is_an_article(store, folder):
    (folder / "notes.md").write_text("Words  of\ta note.\r\n", encoding="utf-8", newline="")
    assert store.read("notes") == Article(id="notes", title="notes", text="Words of a note.")


def test_file_of_another_encoding_is_a_fault_with_its_line(store, folder):
    (folder / "old.md").write_bytes("---\ntitle: Old\n---\n\nThe café.\n".encode("cp1252"))
    with pytest.raises(FrontMatterFault, match="not UTF-8; add the file with") as caught:
        store.read("old")
    assert caught.value.faults[0][0] == 5
    assert caught.value.path == "old.md"


def test_fault_names_the_file_in_its_folder(store, folder):
    (folder / "sub").mkdir()
    (folder / "sub/bad.md").write_text("---\ndate: yesterday\n---\nWords.")
    with pytest.raises(FrontMatterFault, match=r"sub/bad\.md, line 2: date is 'yesterday'"):
        store.read("sub/bad")


def test_file_that_has_vanished_is_not_found(store):
    store.replace("a", _DRAFT)
    store.files.path("a").unlink()
    for use in (store.content, store.read, store.remove):
        with pytest.raises(ArticleNotFound, match="there is no article 'a'"):
            use("a")


def test_folder_with_the_name_of_an_article_is_none(store, folder):
    (folder / "the-talks-in-urumqi.md").mkdir()
    for use in (store.content, store.read, store.remove):
        with pytest.raises(ArticleNotFound):
            use("the-talks-in-urumqi")
    assert store.add(_DRAFT).article.id == "the-talks-in-urumqi-2"


def test_content_that_was_read_before_is_not_read_again(store):
    store.replace("a", _DRAFT)
    assert store.read("a", b"Other words.").text == "Other words."


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "Permission denied"), OSError(5)])
def test_file_that_the_system_refuses_is_not_the_same_as_none(store, monkeypatch, error):
    store.replace("a", _DRAFT)
    monkeypatch.setattr("pathlib.Path.read_bytes", _raising(error))
    monkeypatch.setattr("pathlib.Path.unlink", _raising(error))
    with pytest.raises(FolderUnusable, match=r"cannot read .*a\.md"):
        store.read("a")
    with pytest.raises(FolderUnusable, match=r"cannot remove .*a\.md"):
        store.remove("a")


# Writing


@given(drafts)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_added_article_is_read_again(tmp_path_factory, draft):
    store = ArticleStore(tmp_path_factory.mktemp("articles"))
    added = store.add(draft)
    assert added.new
    assert store.read(added.article.id) == added.article
    assert list(store.stamps()) == [added.article.id]
    assert store.find(added.article.id) == added.article.id
    assert store.add(draft) == replace(added, new=False)


@pytest.mark.parametrize(
    ("title", "article"),
    [
        ("The talks in Urumqi", "the-talks-in-urumqi"),
        ("../../etc/passwd", "etc-passwd"),
        ("دہشت گردی", "dhsht-grdy"),
        ("北京会议", "bei-jing-hui-yi"),
        ("Das Übermaß", "das-ubermass"),
        ("🎉🎉", "article"),
        ("...", "article"),
        ("a" * 300, "a" * 80),
        ("many words " * 30, "-".join(["many-words"] * 7)),
        ("&#99999999999999999999; &#xD800;", "99999999999999999999"),
        ("C:\\con\0", "c-con"),
    ],
)
def test_file_name_is_made_from_the_title(store, title, article):
    assert store.add(replace(_DRAFT, title=title)).article.id == article


def test_folder_is_made_for_the_first_article(tmp_path):
    store = ArticleStore(tmp_path / "not" / "there" / "yet")
    store.add(_DRAFT)
    assert _files(tmp_path / "not" / "there" / "yet") == ["the-talks-in-urumqi.md"]


def test_same_title_with_another_text_gets_a_number(store):
    texts = ["One.", "Two.", "Three."]
    ids = [store.add(replace(_DRAFT, text=text)).article.id for text in texts]
    assert ids == ["the-talks-in-urumqi", "the-talks-in-urumqi-2", "the-talks-in-urumqi-3"]
    assert [store.read(article).text for article in ids] == texts


def test_same_text_again_is_recognised_under_each_of_its_numbers(store):
    for text in ("One.", "Two."):
        store.add(replace(_DRAFT, text=text))
    before = {article: store.content(article) for article in store.stamps()}
    again = store.add(replace(_DRAFT, text="Two.", author="Somebody else"))
    assert not again.new
    assert again.article.id == "the-talks-in-urumqi-2"
    assert again.article.author == "Jane Doe"
    assert {article: store.content(article) for article in store.stamps()} == before


def test_faulty_file_that_has_the_name_is_left_alone(store, folder):
    (folder / "the-talks-in-urumqi.md").write_text("---\nnever closed")
    assert store.add(_DRAFT).article.id == "the-talks-in-urumqi-2"
    assert (folder / "the-talks-in-urumqi.md").read_text() == "---\nnever closed"


def test_replaced_article_keeps_its_id_and_nothing_of_the_old_text(store):
    store.replace("sub/a", replace(_DRAFT, text="A long text that was there before."))
    written = store.replace("sub/a", replace(_DRAFT, text="Short.", title="Another title"))
    assert written.id == "sub/a"
    assert store.read("sub/a") == written
    assert list(store.stamps()) == ["sub/a"]


def test_removed_article_is_gone_and_others_stay(store):
    store.replace("a", _DRAFT)
    store.replace("ab", _DRAFT)
    store.remove("a")
    assert list(store.stamps()) == ["ab"]


def test_draft_that_could_not_be_read_again_is_not_written(store):
    with pytest.raises(FrontMatterFault, match="url is"):
        store.add(replace(_DRAFT, url="https://example.org/two words"))
    store.replace("a", _DRAFT)
    with pytest.raises(FrontMatterFault, match="no text"):
        store.replace("a", replace(_DRAFT, text=""))
    assert store.read("a").text == _DRAFT.text


def _raising(error):
    def refuse(*_, **__):
        raise error

    return refuse


_FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("step", ["tempfile.mkstemp", "os.fsync", "os.chmod", "os.replace"])
@pytest.mark.parametrize("error", [_FULL, OSError(errno.EROFS, "Read-only file system")])
def test_failed_write_leaves_the_old_file_and_no_other(store, monkeypatch, step, error):
    store.replace("a", _DRAFT)
    before = store.content("a")
    with monkeypatch.context() as broken:
        broken.setattr(step, _raising(error))
        with pytest.raises(FolderUnusable, match=rf"cannot write .*a\.md: {error.strerror}"):
            store.replace("a", replace(_DRAFT, text="New words."))
    assert store.content("a") == before
    assert _files(store.files.folder) == ["a.md"]


@pytest.mark.parametrize("steps", [["os.fsync"], ["os.chmod"], ["os.link", "os.replace"]])
def test_failed_add_leaves_nothing(store, folder, monkeypatch, steps):
    for step in steps:
        monkeypatch.setattr(step, _raising(_FULL))
    with pytest.raises(FolderUnusable, match="No space left on device"):
        store.add(_DRAFT)
    assert _files(folder) == []


def test_interrupted_write_leaves_the_old_file_and_no_other(store, monkeypatch):
    store.replace("a", _DRAFT)
    monkeypatch.setattr("os.replace", _raising(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        store.replace("a", replace(_DRAFT, text="New words."))
    assert store.read("a").text == _DRAFT.text
    assert _files(store.files.folder) == ["a.md"]


def test_file_system_without_hard_links_takes_articles(store, monkeypatch):
    monkeypatch.setattr("os.link", _raising(PermissionError(errno.EPERM, "not permitted")))
    store.add(_DRAFT)
    store.add(replace(_DRAFT, text="Other words."))
    assert _files(store.files.folder) == ["the-talks-in-urumqi-2.md", "the-talks-in-urumqi.md"]


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_file_system_that_cannot_sync_folders_takes_articles(store, monkeypatch, number):
    fsync = os.fsync

    def files_only(descriptor):
        if os.path.isdir(f"/proc/self/fd/{descriptor}") or os.fstat(descriptor).st_mode & 0o40000:
            raise OSError(number, os.strerror(number))
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", files_only)
    store.replace("a", _DRAFT)
    store.remove("a")
    assert store.stamps() == {}


def test_article_that_comes_at_the_same_moment_is_not_overwritten(store, monkeypatch):
    make = tempfile.mkstemp
    other = ArticleStore(store.files.folder)

    def another_process_is_quicker(**options):
        monkeypatch.setattr("tempfile.mkstemp", make)
        other.add(replace(_DRAFT, text="Theirs."))
        return make(**options)

    monkeypatch.setattr("tempfile.mkstemp", another_process_is_quicker)
    ours = store.add(replace(_DRAFT, text="Ours."))
    assert ours.new
    assert {store.read(article).text for article in store.stamps()} == {"Ours.", "Theirs."}


def test_same_text_at_the_same_moment_is_there_once(store, monkeypatch):
    make = tempfile.mkstemp

    def another_process_is_quicker(**options):
        monkeypatch.setattr("tempfile.mkstemp", make)
        ArticleStore(store.files.folder).add(_DRAFT)
        return make(**options)

    monkeypatch.setattr("tempfile.mkstemp", another_process_is_quicker)
    assert not store.add(_DRAFT).new
    assert list(store.stamps()) == ["the-talks-in-urumqi"]


def test_articles_of_one_title_from_many_threads_are_all_there(store):
    texts = {f"Text {number}." for number in range(24)}
    threads = [
        threading.Thread(target=store.add, args=[replace(_DRAFT, text=text)]) for text in texts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {store.read(article).text for article in store.stamps()} == texts
    assert len(_files(store.files.folder)) == len(texts)


# Finding


@pytest.fixture
def library(store):
    for article, title in {
        "kabul-bombing": "The bombing of July",
        "kabul-river": "A river in summer",
        "quetta": "Kabul",
        "sub/Urumqi talks": "Talks: the first round",
        "twin-1": "Twins",
        "twin-2": "twins",
        "twin-10": "The tenth",
    }.items():
        store.replace(article, replace(_DRAFT, title=title))
    return store


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("kabul-river", "kabul-river"),
        ("kabul-river.md", "kabul-river"),
        ("KABUL-River", "kabul-river"),
        ("kabul-r", "kabul-river"),
        (" kabul-b\n", "kabul-bombing"),
        ("a river in summer", "kabul-river"),
        ("TALKS: the first round", "sub/Urumqi talks"),
        ("sub/", "sub/Urumqi talks"),
        ("sub/Urumqi talks.md", "sub/Urumqi talks"),
        ("kabul", "quetta"),
        ("twin-1", "twin-1"),
        ("the tenth", "twin-10"),
    ],
)
def test_article_is_found_by_what_it_is_called(library, name, article):
    assert library.find(name) == article


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("kabul-", "did you mean kabul-bombing or kabul-river?"),
        ("twins", "did you mean twin-1 or twin-2?"),
        ("twin", "did you mean twin-1 or twin-10 or twin-2?"),
        ("quette", "did you mean quetta"),
        ("kabul-bombign", "did you mean kabul-bombing"),
        ("", "'footnote list' shows all"),
        (".md", "'footnote list' shows all"),
        ("../quetta", "no article is called '../quetta'"),
        ("x" * 5000, "'footnote list' shows all"),
        ("\0", "'footnote list' shows all"),
    ],
)
def test_name_of_none_or_of_several_is_not_found_and_says_what_there_is(library, name, offered):
    with pytest.raises(ArticleNotFound) as caught:
        library.find(name)
    assert offered in str(caught.value)


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("three-firms-of-tarnby", "heart-of-asia-istanbul-process"),
        ("taliban-office", "tehrik-i-taliban-pakistan"),
        ("collective-security-treaty-organization", "shanghai-cooperation-organisation"),
    ],
)
def test_name_that_is_not_alike_is_not_offered(store, name, there):
    store.replace(there, _DRAFT)
    with pytest.raises(ArticleNotFound) as caught:
        store.find(name)
    assert str(caught.value) == f"no article is called {name!r} ('footnote list' shows all)"


def test_name_in_another_case_of_a_whole_id_is_that_id(store):
    for article in ("note", "note-2"):
        store.replace(article, _DRAFT)
    assert store.find("Note") == "note"


def test_accents_are_found_however_the_file_name_spells_them(store):
    decomposed = "cafe\u0301"
    store.replace(decomposed, _DRAFT)
    assert store.find("Café") == decomposed


def test_faulty_file_is_found_by_its_name_and_hides_no_title(store, folder):
    (folder / "faulty.md").write_text("---\nnever closed")
    store.replace("good", _DRAFT)
    assert store.find("faulty") == "faulty"
    assert store.find("the talks in urumqi") == "good"


def test_every_fault_of_the_store_is_a_corpus_error():
    assert issubclass(ArticleNotFound, CorpusError)
    assert issubclass(FolderUnusable, CorpusError)
    assert issubclass(FrontMatterFault, CorpusError)


def test_file_with_a_text_that_is_too_long_is_a_fault_with_the_limit(store, folder, monkeypatch):
    (folder / "long.md").write_text("It rained. " * 12)
    monkeypatch.setattr("footnote.corpus.article.MAX_CHARACTERS", 100)
    with pytest.raises(FrontMatterFault, match="characters, and an article may have 100: cut it"):
        store.read("long")


def test_file_that_is_too_large_is_not_read(store, folder, monkeypatch):
    (folder / "long.md").write_text("It rained. " * 12)
    for module in ("article_files", "files_in_folder"):
        monkeypatch.setattr(f"footnote.corpus.{module}.MAX_BYTES", 100)
    with pytest.raises(FrontMatterFault, match="has 132 bytes, and the most that is read is 100"):
        store.content("long")
