"""docs/architecture.md is the map: one page, and every room of the house on it."""

import re
import subprocess

from jkreeft.ops.machine import ROOT
from tests.architecture.tree import LAYERS

MAP = (ROOT / "docs" / "architecture.md").read_text()


def test_each_top_level_folder_stands_on_the_map() -> None:
    files = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
    folders = {file.split("/")[0] for file in files if "/" in file and not file.startswith(".")}
    listed = set(re.findall(r"^\| `(\w+)/` \|", MAP, re.MULTILINE))
    assert listed == folders


def test_the_map_draws_the_layers_as_the_tests_hold_them() -> None:
    drawn = next(line for line in MAP.splitlines() if line.startswith("`jkreeft` →"))
    assert [re.findall(r"`(\w+)`", layer) for layer in drawn.split("→")] == LAYERS


def test_the_map_fits_one_page() -> None:
    assert len(MAP.splitlines()) <= 70
