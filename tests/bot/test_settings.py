"""Settings: where they come from, and what is said about wrong ones."""

from pathlib import Path

import pytest

from footnote.bot.errors import SettingsFault
from footnote.bot.settings import read_settings, unknown_settings

TOKEN = "123456789:AAsecretsecret"


def fault(**options: object) -> str:
    with pytest.raises(SettingsFault) as raised:
        read_settings(**options)
    return str(raised.value)


def test_options_come_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(
        "FOOTNOTE_ARTICLES=/from/file\nFOOTNOTE_HOME=/from/file\nFOOTNOTE_OWNERS=1, 2\n"
    )
    monkeypatch.setenv("FOOTNOTE_ARTICLES", "/from/environment")
    monkeypatch.setenv("FOOTNOTE_HOME", "/from/environment")
    settings = read_settings(articles=Path("/from/option"), home=None)
    assert settings.articles == Path("/from/option")
    assert settings.home == Path("/from/environment")
    assert settings.owners == {1, 2}


def test_everything_can_be_set_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("FOOTNOTE_OPEN", "true")
    monkeypatch.setenv("FOOTNOTE_OWNERS", "5000000001,7")
    monkeypatch.setenv("FOOTNOTE_TELEGRAM_API_URL", "http://127.0.0.1:8081/api/")
    monkeypatch.setenv("FOOTNOTE_EMBEDDING_MODEL", "some/model")
    settings = read_settings()
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert (settings.open, settings.owners) == (True, {5000000001, 7})
    assert settings.telegram_api_url == "http://127.0.0.1:8081/api/"
    assert settings.embedding_model == "some/model"


def test_who_may_ask_is_set_by_lists_of_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_EDITORS", "5, 6")
    monkeypatch.setenv("FOOTNOTE_READERS", "7")
    monkeypatch.setenv("FOOTNOTE_GROUPS", "-1001234567890 -5")
    monkeypatch.setenv("FOOTNOTE_QUESTIONS_A_MINUTE", "0")
    settings = read_settings()
    assert (settings.editors, settings.readers) == ({5, 6}, {7})
    assert settings.groups == {-1001234567890, -5}
    assert settings.questions_a_minute == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("OWNERS", "-5"), ("READERS", "Ada"), ("GROUPS", "5"), ("QUESTIONS_A_MINUTE", "-1")],
)
def test_a_number_that_can_be_nobodys_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"FOOTNOTE_{name}", value)
    assert fault().startswith(f"FOOTNOTE_{name} is '{value}'")


def test_nobody_may_ask_unless_the_settings_say_so() -> None:
    settings = read_settings()
    assert (settings.open, settings.owners, settings.telegram_bot_token) == (False, set(), None)


@pytest.mark.parametrize("name", ["FOOTNOTE_OPEN", "FOOTNOTE_HOME", "TELEGRAM_BOT_TOKEN"])
def test_an_empty_setting_is_as_if_it_were_not_there(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    default = read_settings()
    monkeypatch.setenv(name, "")
    assert read_settings() == default


def test_all_wrong_settings_are_named_at_once_with_value_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("FOOTNOTE_OPEN", "perhaps")
    monkeypatch.setenv("FOOTNOTE_OWNERS", "12, Ada")
    monkeypatch.setenv("FOOTNOTE_TELEGRAM_API_URL", "api.telegram.org")
    told = fault(articles=tmp_path / "file").split("\n")
    assert [line.partition(" is ")[0] for line in told] == [
        "--articles",
        "FOOTNOTE_HOME",
        "FOOTNOTE_OPEN",
        "FOOTNOTE_OWNERS",
        "FOOTNOTE_TELEGRAM_API_URL",
    ]
    assert f"'{tmp_path / 'file'}': it is a file, not a folder" in told[0]
    assert "'perhaps'" in told[2]
    assert "true or false" in told[2]
    assert "'Ada'" in told[3]
    assert "12345,67890" in told[3]
    assert "'api.telegram.org'" in told[4]
    assert "http://127.0.0.1:8081" in told[4]


@pytest.mark.parametrize(
    "token",
    [
        "secretsecret",
        ":secretsecret",
        "12ab:secretsecret",
        "5550001:",
        "1:sécretsecret",
        "1:secret secret",
    ],
)
def test_a_wrong_token_is_named_and_never_shown(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    told = fault()
    assert told.startswith("TELEGRAM_BOT_TOKEN is wrong")
    assert "@BotFather" in told
    assert token not in told
    assert "cretsecret" not in told


def test_white_space_around_a_token_is_no_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", f" {TOKEN}\n")
    assert read_settings().telegram_bot_token.get_secret_value() == TOKEN


def test_whatever_is_declared_as_a_secret_or_an_address_is_kept_out_of_logs() -> None:
    values = {
        "telegram_bot_token": TOKEN,
        "llm_api_key": "key-of-the-endpoint",
        "llm_url": "https://me:pass-one@host/v1",
        "llm_model": "m",
        "telegram_api_url": "https://me:pass-two@host",
        "webhook_url": "https://me:pass-three@host/tg",
    }
    assert set(read_settings(**values).secrets) == {
        *(TOKEN, "key-of-the-endpoint", "pass-one", "pass-two", "pass-three")
    }


def test_a_good_token_does_not_show_beside_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert TOKEN not in repr(read_settings())
    monkeypatch.setenv("FOOTNOTE_OPEN", "perhaps")
    assert "secret" not in fault()


@pytest.mark.parametrize("folder", ["~nobody-of-this-name/x", "/tmp/" + "x" * 300])
def test_a_folder_that_cannot_be_is_a_wrong_setting(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", folder)
    told = fault()
    assert told.startswith(f"FOOTNOTE_HOME is '{folder}': it cannot be looked at (")
    assert "it should be a folder for the index and the state" in told


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://host:port", "ftp://host", "https://host/?x", "https:// host"]
)
def test_an_address_that_cannot_be_is_a_wrong_setting(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_TELEGRAM_API_URL", url)
    assert fault().startswith(f"FOOTNOTE_TELEGRAM_API_URL is '{url}'")


def test_a_file_of_settings_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"FOOTNOTE_OPEN=\xff\xfe")
    assert fault().startswith(f"{tmp_path / '.env'} cannot be read")


def test_names_that_are_no_setting_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("FOOTNOTE_OWNER=1\nFOOTNOTE_OWNERS=1\n")
    monkeypatch.setenv("FOOTNOTE_ARTICLE", "/x")
    assert unknown_settings() == ["FOOTNOTE_ARTICLE", "FOOTNOTE_OWNER"]


def test_a_webhook_is_set_by_its_address_and_where_to_listen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read_settings().webhook_url is None
    monkeypatch.setenv("FOOTNOTE_WEBHOOK_URL", "https://bot.example.org/tg/hook")
    monkeypatch.setenv("FOOTNOTE_WEBHOOK_HOST", "0.0.0.0")
    monkeypatch.setenv("FOOTNOTE_WEBHOOK_PORT", "9000")
    settings = read_settings()
    assert settings.webhook_url == "https://bot.example.org/tg/hook"
    assert (settings.webhook_host, settings.webhook_port) == ("0.0.0.0", 9000)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WEBHOOK_URL", "bot.example.org"),
        ("WEBHOOK_URL", "https://bot.example.org:x/"),
        ("WEBHOOK_URL", "https://bot.example.org/{any}"),
        ("WEBHOOK_PORT", "0"),
        ("WEBHOOK_PORT", "70000"),
    ],
)
def test_a_webhook_that_cannot_be_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"FOOTNOTE_{name}", value)
    with pytest.raises(SettingsFault, match=f"^FOOTNOTE_{name} is "):
        read_settings()


@pytest.mark.parametrize("value", ["s3://", "s3:///articles", "s3://a b", "ab_c://x"])
def test_an_address_of_articles_that_is_none_is_refused(value: str) -> None:
    assert f"--articles is {value!r}: it is not of the form s3://bucket/articles" in fault(
        articles=value
    )


@pytest.mark.parametrize("name", ["articles", "shared"])
@pytest.mark.parametrize("scheme", ["memory", "Memory"])
def test_a_place_that_ends_with_the_program_is_refused(name: str, scheme: str) -> None:
    told = fault(**{name: f"{scheme}://a/articles"})
    assert "what is kept there is gone when the program ends; it should be" in told


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("sftp://ada:s3cretpass@host/a b", "sftp://‹login›@host/a b"),
        ("zip://a.zip::ftp://ada:s3cretpass@host/a", "zip://‹login›@host/a"),
    ],
)
def test_a_wrong_address_of_articles_is_shown_without_its_login(value: str, shown: str) -> None:
    told = fault(articles=value)
    assert "s3cretpass" not in told
    assert shown in told
