"""Who stands before the camera: invented people as a handful of traits, each different, the same on every run."""

from dataclasses import dataclass
from zlib import crc32

Colour = tuple[int, int, int]

SKINS: tuple[Colour, ...] = (
    (247, 214, 188),
    (236, 190, 158),
    (219, 164, 126),
    (193, 134, 96),
    (152, 98, 66),
    (108, 68, 47),
)
HAIRS: tuple[Colour, ...] = (
    (46, 36, 33),
    (78, 52, 38),
    (122, 78, 46),
    (168, 112, 58),
    (206, 158, 92),
    (226, 190, 128),
    (158, 76, 40),
)
DARK_HAIRS = HAIRS[:3]
CLOTHES: tuple[Colour, ...] = (
    (201, 108, 78),
    (222, 170, 84),
    (92, 128, 116),
    (70, 98, 132),
    (164, 92, 106),
    (132, 142, 92),
    (116, 96, 138),
    (228, 216, 196),
    (62, 74, 86),
)
# School clothes; the club plays in its own shirt.
GARMENTS = ("tee", "hoodie", "collar", "stripes", "dungarees", "sweater")
STYLES = ("short", "side", "bob", "long", "ponytail", "bun", "curls", "afro", "pigtails", "buzz", "braids", "fringe")
SCARF: Colour = (140, 160, 168)


@dataclass(frozen=True)
class Figure:
    """One invented person. Colours are RGB."""

    skin: Colour
    hair: Colour
    style: str
    garment: str
    cloth: Colour
    accent: Colour
    eye: Colour = (62, 44, 38)
    glasses: bool = False
    freckles: bool = False
    adult: bool = False
    beard: bool = False
    shirt_number: int = 0


def pick(seed: str, trait: str, count: int) -> int:
    """A number below `count`, always the same for the same seed and trait."""
    return crc32(f"{seed}/{trait}".encode()) % count


def pupil(position: int) -> Figure:
    """The child at `position` of the school: neighbours differ in hair, clothes and colour."""
    seed = f"pupil {position}"
    skin = (0, 3, 1, 4, 0, 2, 5, 1)[position % 8]
    hairs = DARK_HAIRS if skin > 2 else HAIRS
    cloth = CLOTHES[(position * 2 + position // 9) % len(CLOTHES)]
    return Figure(
        skin=SKINS[skin],
        hair=SCARF if position == 11 else hairs[pick(seed, "hair", len(hairs))],
        style="scarf" if position == 11 else STYLES[(position * 7 + 4) % len(STYLES)],
        garment=GARMENTS[(position * 5 + position // 6) % len(GARMENTS)],
        cloth=cloth,
        accent=_other(cloth, seed),
        glasses=position % 5 == 2,
        freckles=skin < 2 and position % 3 == 1,
    )


def player(position: int) -> Figure:
    """The player at `position` of the club's team, in the club's shirt."""
    seed = f"player {position}"
    skin = (1, 4, 0, 5, 2, 3)[position % 6]
    hairs = DARK_HAIRS if skin > 2 else HAIRS
    return Figure(
        skin=SKINS[skin],
        hair=hairs[pick(seed, "hair", len(hairs))],
        style=("side", "afro", "ponytail", "buzz", "curls", "braids")[position % 6],
        garment="kit",
        cloth=(48, 92, 112),
        accent=(240, 228, 206),
        freckles=skin == 0,
        shirt_number=(7, 10, 4, 1, 11, 8)[position % 6],
    )


def grown_up(position: int) -> Figure:
    """A teacher, trainer or member of staff."""
    seed = f"grown-up {position}"
    cloth = ((62, 74, 86), (120, 84, 92), (86, 108, 96))[position % 3]
    return Figure(
        skin=SKINS[(0, 3, 1)[position % 3]],
        hair=HAIRS[(4, 0, 1)[position % 3]],
        style=("bob", "short", "side")[position % 3],
        garment="blazer",
        cloth=cloth,
        accent=_other(cloth, seed),
        glasses=position % 3 == 0,
        adult=True,
        beard=position % 3 == 1,
    )


def _other(cloth: Colour, seed: str) -> Colour:
    others = [colour for colour in CLOTHES if colour != cloth]
    return others[pick(seed, "accent", len(others))]
