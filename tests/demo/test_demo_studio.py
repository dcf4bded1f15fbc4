import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from jkreeft.demo.studio import OWNER
from jkreeft.management.commands import demo_studio

pytestmark = pytest.mark.django_db

CODES = [
    {"family": "Duin", "code": "AAAAA-AAAAA", "note": "a"},
    {"family": "Duin", "code": "BBBBB-BBBBB", "note": "b"},
]


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_studio, "is_complete", lambda: True)
    monkeypatch.setattr(demo_studio, "codes", lambda now: CODES)


@pytest.mark.parametrize("what", ["--fill", "--show"])
def test_production_has_no_demo_studio(settings: Settings, what: str) -> None:
    settings.ENVIRONMENT = "production"
    with pytest.raises(CommandError, match="demo or test environment only"):
        call_command("demo_studio", what)


def test_it_does_one_of_two_things() -> None:
    with pytest.raises(CommandError):
        call_command("demo_studio")
    with pytest.raises(CommandError):
        call_command("demo_studio", "--fill", "--show")


def test_nothing_is_told_of_a_studio_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="--fill"):
        call_command("demo_studio", "--show")


@pytest.mark.usefixtures("complete")
def test_codes_and_logins_are_told_as_json() -> None:
    out = StringIO()
    call_command("demo_studio", "--show", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert told["codes"] == CODES
    assert told["staff"][0] == {"role": "superuser", "email": OWNER.email, "password": OWNER.password}


@pytest.mark.usefixtures("complete")
def test_codes_and_logins_are_told_as_a_table() -> None:
    out = StringIO()
    call_command("demo_studio", "--show", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].split() == ["family", "code", "note"]
    assert "AAAAA-AAAAA" in lines[1]
    assert any(OWNER.email in line and OWNER.password in line for line in lines)


def test_filling_is_done_with_the_clock_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(demo_studio, "fill", lambda now, say: asked.append(now))
    call_command("demo_studio", "--fill")
    assert len(asked) == 1
