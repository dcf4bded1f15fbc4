"""What renditions cost, as ratios within one run: `python benchmarks/images/run.py` (about four minutes, or
`--photos 10 --rounds 3` for a quick look).

The photos are shared out over the rounds. In each round every way gets the same photos in turn, each in fresh
processes, and CPU time is what the system counts for these (wait4); a way's own start is measured in the same round and
taken off. Ratios are made within a round; the median over the rounds is printed. Ours is the worker of `import_shoot`
itself, fed as the importer feeds it. This parent stays small: a child's peak memory begins with its parent's.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var" / "bench" / "images"
MIB = 1024  # ru_maxrss counts KiB
MOST_OF_FLOOR, LEAST_OF_NAIVE, LEAST_PSNR, MOST_MIB = 1.15, 8.0, 40.0, 64.0


@dataclass(frozen=True)
class Cost:
    """CPU seconds (user and system) and peak memory in MiB of one process."""

    cpu: float
    peak: float


@dataclass(frozen=True)
class Round:
    """One round's costs over the same photos, starts taken off."""

    photos: int
    ours: float
    floor: float
    naive: float
    grown: float


def main() -> int:
    arguments = _arguments()
    if shutil.which("djpeg") is None:
        print("djpeg is missing: it comes with libjpeg-turbo-progs.")
        return 2
    paths = _photos(arguments.photos)
    sizes = sorted(path.stat().st_size / 1e6 for path in paths)
    print(f"{len(paths)} photos of 24 MP, {sizes[0]:.1f}-{sizes[-1]:.1f} MB, median {statistics.median(sizes):.1f} MB")
    rounds = []
    for number in range(arguments.rounds):
        rounds.append(_round(paths[number :: arguments.rounds]))
        print(_line(number + 1, rounds[-1]), flush=True)
    return _verdict(rounds, _quality(paths))


def _round(paths: list[Path]) -> Round:
    worker = [sys.executable, "-m", "galleries.render_worker", "JKreeft.com"]
    naive = [sys.executable, "-m", "benchmarks.images.naive"]
    idle = _cost(worker)
    ours = _cost(worker, fed="".join(json.dumps(str(path)) + "\n" for path in paths).encode())
    floor = sum(_cost(["djpeg", "-scale", "1/2", "-outfile", os.devnull, str(path)]).cpu for path in paths)
    plain = _cost([*naive, *map(str, paths)]).cpu - _cost(naive).cpu
    return Round(len(paths), ours.cpu - idle.cpu, floor, plain, ours.peak - idle.peak)


def _cost(command: list[str], *, fed: bytes = b"") -> Cost:
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stdin is not None
    process.stdin.write(fed)
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with {process.returncode}.")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MIB)


def _quality(paths: list[Path]) -> dict[str, list[float]]:
    command = [sys.executable, "-m", "benchmarks.images.quality", *map(str, paths)]
    figures: dict[str, list[float]] = json.loads(subprocess.check_output(command, cwd=ROOT))
    return figures


def _photos(count: int) -> list[Path]:
    command = [sys.executable, "-m", "benchmarks.images.photos", str(FOLDER), str(count)]
    return [Path(line) for line in subprocess.check_output(command, cwd=ROOT, text=True).splitlines()]


def _line(number: int, one: Round) -> str:
    ours, floor, naive = (1000 * cpu / one.photos for cpu in (one.ours, one.floor, one.naive))
    return (
        f"round {number}: ours {ours:.0f} ms a photo, djpeg -scale 1/2 {floor:.0f} ms ({ours / floor:.2f}x), "
        f"full decode and Lanczos {naive:.0f} ms ({naive / ours:.1f}x ours), +{one.grown:.0f} MiB"
    )


def _verdict(rounds: list[Round], quality: dict[str, list[float]]) -> int:
    of_floor = statistics.median(one.ours / one.floor for one in rounds)
    of_naive = statistics.median(one.naive / one.ours for one in rounds)
    grown = max(one.grown for one in rounds)
    lines = [
        ("CPU of djpeg -scale 1/2", f"{of_floor:.2f}x", f"<= {MOST_OF_FLOOR}x", of_floor <= MOST_OF_FLOOR),
        ("less CPU than full + Lanczos", f"{of_naive:.1f}x", f">= {LEAST_OF_NAIVE:.0f}x", of_naive >= LEAST_OF_NAIVE),
        ("peak above an idle worker", f"{grown:.0f} MiB", f"<= {MOST_MIB:.0f} MiB", grown <= MOST_MIB),
    ]
    for name, figures in quality.items():
        least = min(figures)
        shown = f"{least:.1f} dB, median {statistics.median(figures):.1f}"
        lines.append((f"PSNR of the {name}, least", shown, f">= {LEAST_PSNR:.0f} dB", least >= LEAST_PSNR))
    for name, figure, bar, good in lines:
        print(f"{name:34} {figure:24} {bar:12} {'ok' if good else 'MISSED'}")
    return 0 if all(good for *_, good in lines) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What renditions cost, as ratios within one run.")
    parser.add_argument("--photos", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
