from pathlib import Path

from PIL import Image

from jkreeft.demo import shooting
from jkreeft.demo.figures import grown_up, pupil
from jkreeft.demo.shooting import photograph
from jkreeft.demo.studio import Liaison, Party, Shoot, Sitter

SITTERS = tuple(Sitter(str(number), "Test", pupil(number), portraits=1) for number in (1, 2))
PLAN = Shoot(
    key="test",
    kind="school",
    client="Test",
    email="test@example.com",
    address=("", "", ""),
    kvk_number="",
    liaison=Liaison("", "", "", ""),
    title="Test",
    parties=(Party("4a", SITTERS, leaders=(grown_up(0),), group_photos=1),),
    published_ago=None,
)


def test_a_shoot_becomes_a_folder_per_subject_and_one_per_group(tmp_path: Path) -> None:
    assert photograph(PLAN, tmp_path) == 3
    found = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*"))
    assert found == ["1/IMG_0001.jpg", "2/IMG_0002.jpg", "groep-4a/IMG_0003.jpg"]
    for path in tmp_path.rglob("*.jpg"):
        with Image.open(path) as photo:
            assert photo.size == (6000, 4000)


def test_a_shoot_that_was_stopped_half_way_goes_on_where_it_was(tmp_path: Path) -> None:
    photograph(PLAN, tmp_path)
    first, second = tmp_path / "1/IMG_0001.jpg", tmp_path / "2/IMG_0002.jpg"
    expected, untouched = second.read_bytes(), first.stat().st_mtime_ns
    second.unlink()
    assert photograph(PLAN, tmp_path) == 3
    assert second.read_bytes() == expected, "the same photo must be the same file, or an import would take both"
    assert first.stat().st_mtime_ns == untouched


def test_a_class_changes_rows_between_two_group_photos() -> None:
    party = PLAN.parties[0]
    first, second = shooting._rows(party, 0), shooting._rows(party, 1)
    assert {figure for row in first for figure in row} == {figure for row in second for figure in row}
    assert first != second
    assert grown_up(0) in first[0]
    assert grown_up(0) in second[0]
