"""The plain way to two sizes with Pillow: for each size a full decode, Lanczos, and a JPEG; no watermark.

Run by `run.py` in a process of its own: `python -m benchmarks.images.naive PHOTO...`; without photos it only starts.
"""

import io
import sys

from PIL import Image, ImageOps


def main(paths: list[str]) -> None:
    for path in paths:
        for edge in (1600, 400):
            with Image.open(path) as photo:
                scale = edge / max(photo.size)
                size = (round(photo.width * scale), round(photo.height * scale))
                smaller = ImageOps.exif_transpose(photo.resize(size, Image.Resampling.LANCZOS))
            smaller.save(io.BytesIO(), "JPEG", quality=82)


if __name__ == "__main__":
    main(sys.argv[1:])
