"""Settings: from the environment, with a sentence for each that is wrong."""

from __future__ import annotations

import stat

import pytest

from engine.errors import Invalid
from web.configuration import Configuration, told, unknown


def test_without_a_word_from_outside_everything_has_a_value():
    configuration = Configuration.from_environment({})

    assert configuration.database_url == f"sqlite:///{configuration.folder / 'casework.db'}"
    assert configuration.base_url == "http://127.0.0.1:8000"
    assert configuration.demonstration is False


def test_the_environment_decides_and_the_command_line_has_the_last_word(tmp_path):
    environment = {"CASEWORK_PORT": "9000", "CASEWORK_FOLDER": str(tmp_path), "CASEWORK_DEMONSTRATION": "yes"}

    from_outside = Configuration.from_environment(environment)
    from_the_command = Configuration.from_environment(environment, port=9001, host=None)

    assert (from_outside.port, from_outside.folder, from_outside.demonstration) == (9000, tmp_path, True)
    assert from_outside.base_url == "http://127.0.0.1:9000"
    assert from_the_command.base_url == "http://127.0.0.1:9001"


def test_every_wrong_value_is_named_at_once():
    environment = {"CASEWORK_PORT": "eighty", "CASEWORK_DEMONSTRATION": "maybe", "CASEWORK_LOG": "xml", "CASEWORK_DATABASE_URL": "here"}

    with pytest.raises(Invalid) as refused:
        Configuration.from_environment(environment)

    assert refused.value.problems == {
        "CASEWORK_PORT": "CASEWORK_PORT is “eighty”; say a whole number.",
        "CASEWORK_DEMONSTRATION": "CASEWORK_DEMONSTRATION is “maybe”; say yes or no.",
        "CASEWORK_LOG": "CASEWORK_LOG is “xml”; say one of text, json.",
        "CASEWORK_DATABASE_URL": "CASEWORK_DATABASE_URL is not the URL of a database, such as postgresql://name:password@host/casework.",
    }


def test_a_misspelt_setting_is_pointed_out():
    assert unknown({"CASEWORK_SMPT_HOST": "x", "CASEWORK_PORT": "1", "HOME": "/"}) == [
        "CASEWORK_SMPT_HOST is not a setting. Did you mean CASEWORK_SMTP_HOST?"
    ]


def test_what_is_secret_is_not_shown():
    configuration = Configuration(database_url="postgresql://ann:pass-word@db/casework", secret_key="key-word", smtp_password="post-word")

    shown = {name: value for name, value, _ in told(configuration)}

    assert shown["CASEWORK_DATABASE_URL"] == "postgresql://ann:***@db/casework"
    assert not any("-word" in value for value in shown.values())


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path):
    first = Configuration(folder=tmp_path / "new").prepared()
    second = Configuration(folder=tmp_path / "new").prepared()

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 48
    assert stat.S_IMODE((tmp_path / "new/secret_key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["secret_key"]
