"""Camera-size JPEGs with real noise, made here: drawn scenes, and noise as a sensor and its demosaic make it.

A few bases are drawn and dressed with noise once; every photo is one of them mirrored, shifted and given its own
brightness, so that no two files are alike and a hundred of them take about a minute. They stay in a folder.
"""

import io
import math
import random
import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFilter

SIZE = (6000, 4000)
QUALITY = 92
SUBSAMPLINGS = ("4:2:2", "4:2:2", "4:2:0")  # two of three cameras write 4:2:2
ORIENTATIONS = (1, 1, 6, 8, 1, 3, 1, 6, 2, 4, 5, 7)
STRENGTHS = (2.0, 3.0, 4.2, 7.5)  # from a bright studio to a dim gym
BASES = len(STRENGTHS)
Colour = tuple[int, int, int]


def ensure(folder: Path, count: int) -> list[Path]:
    """`count` photos in `folder`, made where they are missing; each run makes the same ones."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"IMG_{number:04}.jpg" for number in range(count)]
    for base in range(BASES):
        missing = [number for number in range(base, count, BASES) if not paths[number].exists()]
        picture = photograph(base) if missing else None
        for number in missing:
            assert picture is not None
            partial = paths[number].with_suffix(".partial")
            partial.write_bytes(as_camera_file(variant(picture, number), number))
            partial.rename(paths[number])
    return paths


def photograph(seed: int) -> Image.Image:
    """A base: a drawn scene, seen through a lens and a sensor."""
    random.seed(seed)
    return noisy(scene(random.Random(seed)), strength=STRENGTHS[seed])


def variant(picture: Image.Image, number: int) -> Image.Image:
    """A photo of its own out of a base."""
    rng = random.Random(1000 + number)
    shifted = ImageChops.offset(picture, rng.randrange(8, 900), rng.randrange(8, 200))
    gain, lift = rng.uniform(0.92, 1.04), rng.uniform(-4, 6)
    levels = shifted.point([min(255, max(0, round(v * gain + lift))) for v in range(256)] * 3)
    return levels.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if number % 3 == 0 else levels


def as_camera_file(picture: Image.Image, number: int) -> bytes:
    """Baseline JPEG with what a camera writes beside the pixels: place, serial number, comment, profile."""
    exif = Image.Exif()
    exif[0x0112] = ORIENTATIONS[number % len(ORIENTATIONS)]
    exif[0x010F], exif[0x0110] = "Benchmark", "Drawn 24 MP"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 45.0, 12.0), 3: "E", 4: (4.0, 9.0, 54.0)})
    exif.get_ifd(0x8769).update({0xA431: f"SERIAL-{number:06}"})
    target = io.BytesIO()
    picture.save(
        target,
        "JPEG",
        quality=QUALITY,
        subsampling=SUBSAMPLINGS[number % len(SUBSAMPLINGS)],
        exif=exif,
        comment=f"Photographed by nobody, {number}".encode(),
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )
    return target.getvalue()


def scene(rng: random.Random) -> Image.Image:
    """A portrait before a blurred backdrop: light that falls off, hair, skin, a woven shirt."""
    width, height = SIZE
    picture = _backdrop(rng)
    pen = ImageDraw.Draw(picture)
    middle, head = width * rng.uniform(0.42, 0.58), height * 0.16
    shirt, hair = _muted(rng), _muted(rng)
    pen.rounded_rectangle((middle - 1100, height * 0.62, middle + 1100, height + 500), 500, fill=shirt)
    for x in range(int(middle - 1050), int(middle + 1050), 46):
        pen.line((x, height * 0.66, x + 30, height), fill=_lighter(shirt, 14), width=9)
    pen.ellipse((middle - head, height * 0.2, middle + head, height * 0.2 + 2.6 * head), fill=(206, 166, 142))
    for _ in range(2500):  # fine lines are what a lens really resolves
        angle = rng.uniform(math.pi, 2 * math.pi)
        x, y = middle + head * math.cos(angle), height * 0.2 + head + head * math.sin(angle)
        end = (x + rng.uniform(-160, 160), y + rng.uniform(20, 420))
        pen.line((x, y, *end), fill=_lighter(hair, rng.randrange(-18, 24)), width=rng.randrange(3, 8))
    return picture.filter(ImageFilter.GaussianBlur(2.0))


def noisy(picture: Image.Image, strength: float) -> Image.Image:
    """`picture` with noise that grows with the square root of brightness: correlated as a demosaic leaves it, and
    weaker and coarser in colour, as a camera's own cleaning leaves it."""
    luma, blue, red = picture.convert("YCbCr").split()
    noise = Image.effect_noise(SIZE, 60).filter(ImageFilter.GaussianBlur(0.7))
    weight = luma.point([min(255, round(strength * math.sqrt(value + 12))) for value in range(256)])
    field = Image.composite(noise, Image.new("L", SIZE, 128), weight)
    grain = Image.effect_noise((SIZE[0] // 2, SIZE[1] // 2), 3).filter(ImageFilter.GaussianBlur(0.8)).resize(SIZE)
    bands = (
        ImageChops.add(luma, field, 1, -128),
        ImageChops.add(blue, grain, 1, -128),
        ImageChops.add(red, ImageChops.invert(grain), 1, -127),
    )
    return Image.merge("YCbCr", bands).convert("RGB")


def _backdrop(rng: random.Random) -> Image.Image:
    width, height = SIZE[0] // 4, SIZE[1] // 4
    light = Image.linear_gradient("L").rotate(rng.uniform(0, 360)).resize((width, height))
    colour = _muted(rng)
    picture = Image.merge("RGB", [light.point([int(30 + c * (v + 80) / 340) for v in range(256)]) for c in colour])
    pen = ImageDraw.Draw(picture)
    for _ in range(70):
        x, y, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(10, 120)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=_muted(rng))
    return picture.filter(ImageFilter.GaussianBlur(16)).resize(SIZE, Image.Resampling.BICUBIC)


def _muted(rng: random.Random) -> Colour:
    grey = rng.randrange(50, 190)
    red, green, blue = (max(0, min(255, grey + rng.randrange(-35, 35))) for _ in range(3))
    return red, green, blue


def _lighter(colour: Colour, by: int) -> Colour:
    red, green, blue = (max(0, min(255, band + by)) for band in colour)
    return red, green, blue


if __name__ == "__main__":
    print("\n".join(str(path) for path in ensure(Path(sys.argv[1]), int(sys.argv[2]))))
