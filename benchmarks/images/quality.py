"""What the fast way costs in sharpness: PSNR of our frames and files against a full decode and Lanczos.

Run by `run.py` in a process of its own: `python -m benchmarks.images.quality PHOTO...` prints one line of JSON.
"""

import io
import json
import math
import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from galleries import renditions


def main(paths: list[str]) -> None:
    figures: dict[str, list[float]] = {"preview": [], "thumbnail": [], "preview file": [], "thumbnail file": []}
    for path in paths:
        data = Path(path).read_bytes()
        header = renditions.check(data)
        preview = renditions.decode(data, header)
        thumbnail = renditions.shrink(preview, renditions.THUMBNAIL_EDGE)
        with Image.open(path) as full:
            full.load()
            for name, ours in (("preview", preview), ("thumbnail", thumbnail)):
                reference = full.resize(ours.size, Image.Resampling.LANCZOS)
                figures[name].append(psnr(ours, reference))
                # The preview before its watermark: what is compared is the scaling, not the ink.
                figures[f"{name} file"].append(psnr(_as_file(ours), _as_file(reference)))
    print(json.dumps(figures))


def psnr(one: Image.Image, other: Image.Image) -> float:
    """Peak signal to noise ratio over all bands, in dB."""
    statistics = ImageStat.Stat(ImageChops.difference(one, other))
    error = sum(statistics.sum2) / sum(statistics.count)
    return 10 * math.log10(255**2 / error) if error else math.inf


def _as_file(frame: Image.Image) -> Image.Image:
    with Image.open(io.BytesIO(renditions.encode(frame.copy()))) as again:
        return again.copy()


if __name__ == "__main__":
    main(sys.argv[1:])
