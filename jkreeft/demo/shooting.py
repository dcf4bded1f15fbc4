"""A day of photography: every photo of an assignment as camera files in a folder, ready for the real import."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from .camera import Marks, orientation_for, shoot
from .figures import Figure
from .scenes import group, portrait
from .studio import Party, Shoot, Sitter

# Pillow lets go of the interpreter while it encodes; two cores are what the demo promises to make do with.
_CAMERAS = 2
# A fixed day: the same photo must be the same file on every run, or a second import would take it for a new one.
_DAY = "2026:10:05"


@dataclass(frozen=True)
class Frame:
    """One photo still to be taken."""

    path: Path
    place: int
    sitter: Sitter | None
    party: Party
    shot: int

    def draw(self) -> Image.Image:
        if self.sitter is not None:
            return portrait(self.sitter.figure, shot=self.shot, seed=self.sitter.number)
        return group(_rows(self.party, self.shot), seed=f"{self.party.name} {self.shot}")


def photograph(plan: Shoot, folder: Path) -> int:
    """Take every photo of `plan` that is not in `folder` yet. Returns how many photos there are."""
    frames = list(_frames(plan, folder))
    for frame in frames:
        frame.path.parent.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_CAMERAS) as cameras:
        list(cameras.map(_take, [frame for frame in frames if not frame.path.exists()]))
    return len(frames)


def _frames(plan: Shoot, folder: Path) -> Iterator[Frame]:
    place = 0
    for party in plan.parties:
        for sitter in party.sitters:
            for shot in range(sitter.portraits):
                place += 1
                yield Frame(folder / sitter.number / f"IMG_{place:04}.jpg", place, sitter, party, shot)
        for shot in range(party.group_photos):
            place += 1
            yield Frame(folder / f"groep-{party.name}" / f"IMG_{place:04}.jpg", place, None, party, shot)


def _take(frame: Frame) -> None:
    image = frame.draw()
    marks = Marks(taken_at=f"{_DAY} {9 + frame.place // 60:02}:{frame.place % 60:02}:00")
    shoot(image, frame.path, orientation=orientation_for(image, turn=frame.place), marks=marks)


def _rows(party: Party, shot: int) -> list[list[Figure]]:
    """Half the group behind, half in front; on the next photo they changed places. Leaders stand behind."""
    figures = [sitter.figure for sitter in party.sitters]
    half = (len(figures) + 1) // 2
    behind, before = figures[:half], figures[half:]
    if shot % 2:
        behind, before = before[::-1], behind[::-1]
    return [[*party.leaders, *behind] if shot % 2 else [*behind, *party.leaders], before]
