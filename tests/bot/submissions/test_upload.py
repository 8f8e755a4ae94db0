"""What somebody brought, as it is stored while it waits."""

import json

from footnote.bot.submissions.upload import Upload, dump, upload_of

FILE = Upload("file", "tea.pdf", file_id="BQACAgI", size=12, parts=((7, "Tea"),), title="Tea")


def test_an_upload_comes_back_from_disk() -> None:
    assert upload_of(dump(FILE)) == FILE


def test_a_file_that_was_stored_when_its_id_was_called_a_handle_can_still_be_had() -> None:
    fields = json.loads(dump(FILE))
    fields["handle"] = fields.pop("file_id")
    assert upload_of(json.dumps(fields)) == FILE
