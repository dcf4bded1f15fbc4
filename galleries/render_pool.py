"""Renders files in parallel: fresh processes (spawned, never forked: a fork would share the database connection), each
fed by one thread. A worker that dies or hangs costs its own file only; another takes its place."""

import json
import queue
import select
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from .renditions import Refusal, Renditions

_ROOT = Path(__file__).resolve().parent.parent
# The dearest file the checks let through takes a few seconds.
SECONDS_PER_FILE = 60


class _Worker:
    """A spawned process and the pipes to it."""

    def __init__(self, watermark: str) -> None:
        # A session of its own: an interrupt from the keyboard is for the importer, which then closes the pipes.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "galleries.render_worker", watermark],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def render(self, path: Path) -> Renditions | Refusal:
        requests, answers = _open(self.process.stdin), _open(self.process.stdout)
        try:
            requests.write(json.dumps(str(path)).encode() + b"\n")
            requests.flush()
            if not select.select([answers], [], [], SECONDS_PER_FILE)[0]:
                return self._gone(Refusal.TOO_SLOW)
            head = json.loads(answers.readline())
        except (BrokenPipeError, ValueError):
            return self._gone(Refusal.DAMAGED)
        if "refusal" in head:
            return Refusal(head["refusal"])
        thumbnail, preview = answers.read(head["thumbnail"]), answers.read(head["preview"])
        if len(preview) < head["preview"]:
            return self._gone(Refusal.DAMAGED)
        return Renditions(width=head["width"], height=head["height"], thumbnail=thumbnail, preview=preview)

    def _gone(self, refusal: Refusal) -> Refusal:
        self.close()
        return refusal

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                _open(pipe).close()


class RenderPool:
    """`jobs` workers; `submit` from one thread, results in any order. Leaving the context ends the workers."""

    def __init__(self, *, jobs: int, watermark: str) -> None:
        self.watermark = watermark
        self.threads = ThreadPoolExecutor(max_workers=jobs)
        self.idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for _ in range(jobs):
            self.idle.put(_Worker(watermark))

    def submit(self, path: Path) -> Future[Renditions | Refusal]:
        """Have `path` rendered; the future gives the renditions or why there are none."""
        return self.threads.submit(self._render, path.resolve())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.threads.shutdown(wait=True, cancel_futures=True)
        while not self.idle.empty():
            self.idle.get().close()

    def _render(self, path: Path) -> Renditions | Refusal:
        worker = self.idle.get()
        try:
            return worker.render(path)
        finally:
            self.idle.put(worker if worker.is_alive else _Worker(self.watermark))


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - both were asked for
    return pipe
