"""Settings: from file and environment, and clear words for what is wrong."""

import inspect
import tomllib
from pathlib import Path

import pytest

from bot.config import ENVIRONMENT, SECTIONS, Config, FeedSettings, load, token_problem
from bot.errors import ConfigError
from tests.writing import ROOT

TOKEN = "123456789:" + "A" * 35


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_is_complete_and_holds_the_defaults() -> None:
    example = tomllib.loads((ROOT / "config.example.toml").read_text(encoding="utf-8"))
    fields = {name: set(section.model_fields) for name, section in SECTIONS.items()}
    assert {name: set(section) for name, section in example.items()} == fields
    assert load(ROOT / "config.example.toml", env={}) == Config()


def test_the_example_shows_a_whole_feed(tmp_path: Path) -> None:
    lines = (ROOT / "config.example.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("# [[feeds]]")
    shown = lines[start : lines.index("", start)]
    (feed,) = tomllib.loads("\n".join(line.removeprefix("# ") for line in shown))["feeds"]
    assert set(feed) == set(FeedSettings.model_fields)
    written(tmp_path, "\n".join(line.removeprefix("# ") for line in shown))
    assert load(tmp_path / "config.toml", env={}).feeds == [FeedSettings(url=feed["url"])]


def test_every_setting_has_a_variable_that_the_example_names() -> None:
    example = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    fields = {(s, key) for s, section in SECTIONS.items() for key in section.model_fields}
    assert set(ENVIRONMENT.values()) == fields
    assert all(name in example for name in ENVIRONMENT)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, '[store]\npath = "a.db"\n[log]\nlevel = "debug"\n')
    config = load(
        path, env={"MAILUO_DB": "b.db", "TELEGRAM_BOT_TOKEN": TOKEN, "MAILUO_POSTS": "x:y"}
    )
    assert config.store.path == Path("b.db")
    assert config.log.level == "debug"
    assert config.telegram.token.get_secret_value() == TOKEN
    assert config.reading.posts == [Path("x"), Path("y")]
    assert load(path, db=Path("c.db"), env={"MAILUO_DB": "b.db"}).store.path == Path("c.db")
    assert load(path, env={"MAILUO_OPERATORS": "4, 5"}).telegram.operators == [4, 5]


URL = "postgresql://mailuo:geheim@db/mailuo"


def test_a_database_on_a_server_takes_the_place_of_the_file_and_the_other_way_round(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, '[store]\npath = "a.db"\n')
    config = load(path, env={"MAILUO_DB_URL": URL})
    assert config.store.where == URL
    assert "geheim" not in repr(config) + str(config)
    assert load(path, env={}).store.where == Path("a.db")
    path = written(tmp_path, f'[store]\nurl = "{URL}"\n')
    assert load(path, env={}).store.where == URL
    assert load(path, db=Path("b.db"), env={}).store.where == Path("b.db")


@pytest.mark.parametrize("url", ["mysql://u:geheim@h/x", "geheim", f"{URL}'\npath = 'a.db"])
def test_a_wrong_address_is_named_without_its_password(tmp_path: Path, url: str) -> None:
    path = written(tmp_path, f"[store]\nurl = '{url}'\n")
    with pytest.raises(ConfigError) as caught:
        load(path, env={})
    assert "geheim" not in str(caught.value)
    assert "store" in str(caught.value)


def test_the_file_may_be_named_by_the_environment(tmp_path: Path) -> None:
    path = written(tmp_path, '[log]\nlevel = "error"\n')
    assert load(env={"MAILUO_CONFIG": str(path)}).log.level == "error"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[stor]\npath = 'x'", "there is no setting stor; did you mean store"),
        ("[store]\npaht = 'x'", "there is no setting store.paht; did you mean store.path"),
        ("[log]\nlevel = 'loud'", "log.level"),
        ("[reading]\nzone = 'Mars/Base'", "Asia/Shanghai"),
        ("[reading]\nzone = '../etc/passwd'", "Asia/Shanghai"),
        ("telegram = 3", "write [telegram]"),
        ("[reading]\nevery_seconds = 0", "reading.every_seconds"),
        ("not toml", "not valid TOML"),
        ("[feeds]\nurl = 'http://a.cn'", "feeds are written as [[feeds]]"),
        ("[[feeds]]\nurl = 'http://a.cn'\n[[feeds]]\nurl = 'a.cn'", "rsshub:// (number 2 of them)"),
        (2 * "[[feeds]]\nurl = 'http://a.cn'\n", "http://a.cn is named twice"),
        ("[[feeds]]\nadress = 'http://a.cn'", "feeds.url: Field required"),
        ("[[feeds]]\nurl = 'http://a.cn'\noutlt = 'x'", "did you mean feeds.outlet?"),
        ("[[feeds]]\nurl = 'http://a.cn'\nzone = 'Mars'", "Asia/Shanghai"),
        ("[fetching]\nallowed_hosts = ['http://a.cn']", "without http://"),
        ("[fetching]\nrsshub = ['rsshub.app']", "begins with http://"),
        ("[telegram]\noperators = ['me']", "telegram.operators"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path, env={})
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_wrong_variable_is_named_and_not_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, '[reading]\nzone = "Asia/Tokyo"\n')
    with pytest.raises(ConfigError, match=r"^in MAILUO_ZONE: reading\.zone"):
        load(path, env={"MAILUO_ZONE": "Mars/Base"})


def test_a_variable_does_not_hide_that_its_section_is_none(tmp_path: Path) -> None:
    path = written(tmp_path, "telegram = 3\nstore = 3\n")
    with pytest.raises(ConfigError) as caught:
        load(path, db=Path("a.db"), env={"TELEGRAM_BOT_TOKEN": TOKEN})
    assert "write [telegram]" in str(caught.value)
    assert "write [store]" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml cannot be read"):
        load(tmp_path / "nowhere.toml", env={})


def test_the_token_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text(f"\ufeff{TOKEN}\n", encoding="utf-8")
    path = written(tmp_path, f'[telegram]\ntoken_file = "{secret}"\n')
    named = {"TELEGRAM_BOT_TOKEN_FILE": str(secret)}

    def token(file: Path, env: dict[str, str]) -> str:
        return load(file, env=env).telegram.token.get_secret_value()

    assert token(path, {}) == TOKEN
    assert token(path, {"TELEGRAM_BOT_TOKEN": "other"}) == "other"
    plain = written(tmp_path, '[telegram]\ntoken = "other"\n')
    assert token(plain, named) == TOKEN
    both = written(tmp_path, f'[telegram]\ntoken = "other"\ntoken_file = "{secret}"\n')
    for file, env, words in (
        (both, {}, "both set"),
        (plain, {"TELEGRAM_BOT_TOKEN_FILE": "/no/such"}, "token_file cannot be read"),
    ):
        with pytest.raises(ConfigError, match=words):
            load(file, env=env)


def test_the_token_is_never_shown(tmp_path: Path) -> None:
    config = load(env={"TELEGRAM_BOT_TOKEN": TOKEN})
    assert TOKEN not in repr(config)
    assert "environ(" not in str(inspect.signature(load))  # help() shows default values
    path = written(tmp_path, f'[telegram]\ntoken = ["{TOKEN}"]\n')
    with pytest.raises(ConfigError) as caught:
        load(path, env={})
    assert TOKEN not in str(caught.value)


def test_the_form_of_a_token() -> None:
    assert token_problem(TOKEN) is None
    assert token_problem("") == "there is none"
    assert "BotFather" in str(token_problem("hello"))
