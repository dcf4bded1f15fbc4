"""One rendering worker: `python -m galleries.render_worker WATERMARK`. It reads a path a line (JSON) from its input and
answers with a line of JSON, followed by the bytes of both renditions. It ends when its input ends, so nothing stays
behind when the importing process is killed. No Django, no database, no storage: it only turns a file into pixels.
"""

import ctypes
import json
import os
import resource
import sys
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from .renditions import MAX_BYTES, Refusal, RefusedImageError, Renditions, render

# A worker that wants more was given a bomb the checks did not see; the file is refused, the worker lives on.
MEMORY_LIMIT = 1 << 30
# Names of the GNU C library (malloc.h).
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3


def main(watermark: str, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until they end."""
    for line in requests:
        result = render_file(Path(json.loads(line)), watermark=watermark)
        _answer(answers, result)


def render_file(path: Path, *, watermark: str) -> Renditions | Refusal:
    """The renditions of one file, or why it has none."""
    try:
        with path.open("rb") as file:
            # What is read is what lies there: asking for more than that would set so much memory aside.
            size = os.fstat(file.fileno()).st_size
            return render(file.read(min(size, MAX_BYTES + 1)), watermark=watermark)
    except RefusedImageError as error:
        return error.refusal
    except MemoryError:
        return Refusal.TOO_LARGE
    except OSError:
        return Refusal.UNREADABLE


def _answer(answers: BinaryIO, result: Renditions | Refusal) -> None:
    if isinstance(result, Refusal):
        answers.write(json.dumps({"refusal": result.value}).encode() + b"\n")
    else:
        sizes = {"thumbnail": len(result.thumbnail), "preview": len(result.preview)}
        head = {"width": result.width, "height": result.height, **sizes}
        answers.write(json.dumps(head).encode() + b"\n" + result.thumbnail + result.preview)
    answers.flush()


def keep_memory() -> None:
    """Let the C library keep what a photo needed for the next one. Giving it back and fetching it again costs a page
    fault for every four kilobytes, a twentieth of all the work."""
    tune = getattr(ctypes.CDLL(None), "mallopt", None)
    if tune is not None:  # not every C library has it; then it only takes longer
        tune(M_MMAP_THRESHOLD, 64 << 20)
        tune(M_TRIM_THRESHOLD, 128 << 20)


if __name__ == "__main__":
    keep_memory()
    Image.preinit()  # Pillow loads its formats at the first file otherwise
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
