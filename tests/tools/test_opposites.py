from pathlib import Path

from tools.opposites import antonyms, irregular

VERBS = """\
  1 This is the licence, as it stands at the beginning of each file.
00001740 29 v 01 rise 0 001 ! 00002325 v 0101 01 + 02 00 | move upward; "it rises"
00002325 29 v 02 drop 0 fall 1 002 @ 00001740 v 0000 ! 00001740 v 0201 01 + 02 00 | move downward
00003000 29 v 01 give_up 0 001 ! 00004000 v 0101 00 | stop
00004000 29 v 01 go_on 0 001 ! 00003000 v 0101 00 | do not stop
"""


def test_opposites_are_read_from_the_files_of_wordnet(tmp_path: Path) -> None:
    (tmp_path / "data.verb").write_text(VERBS, "ascii")
    (tmp_path / "verb.exc").write_text("fell fall\nrose rise\n", "ascii")
    assert set(antonyms(tmp_path, "verb")) == {("drop", "rise"), ("fall", "rise")}
    assert list(irregular(tmp_path, "verb")) == [("fell", "fall"), ("rose", "rise")]
