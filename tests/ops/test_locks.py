"""The locks: hashes for everything, no download host, and the same versions in each."""

import re
import tomllib

import pytest

from jkreeft.ops.bootstrap import LOCKS
from jkreeft.ops.machine import ROOT

FILES = [*LOCKS, "bootstrap"]
Pins = dict[str, tuple[str, frozenset[str]]]


def pins(lock: str) -> Pins:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text().replace("\\\n", " ")
    found = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ ;]+)(.*)$", text, re.MULTILINE)
    return {name: (version, frozenset(re.findall(r"sha256:\w{64}", rest))) for name, version, rest in found}


@pytest.mark.parametrize("lock", FILES)
def test_every_pin_has_hashes(lock: str) -> None:
    assert pins(lock)
    assert [name for name, (_, hashes) in pins(lock).items() if not hashes] == []


@pytest.mark.parametrize("lock", FILES)
def test_no_lock_names_a_host(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text()
    assert re.findall(r"\w+://|^\s*--(?!hash)|@ ", text, re.MULTILINE) == []


@pytest.mark.parametrize(("small", "big"), [("runtime", "test"), ("test", "dev")])
def test_a_bigger_lock_holds_all_of_a_smaller_one(small: str, big: str) -> None:
    assert pins(small).items() <= pins(big).items()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = {re.split(r"[\[<>=]", entry)[0] for entry in project["project"]["dependencies"]}
    extra = {re.split(r"[\[<>=]", entry)[0] for entry in project["project"]["optional-dependencies"]["embedded"]}
    assert names | extra <= set(pins("runtime"))


def test_node_packages_are_locked_without_a_host() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert '"integrity"' in text
    assert "resolved" not in text
    assert "://" not in re.sub(r'"(?:url|funding)": "[^"]*"', "", text)
