"""What a night costs on a shop of a million orders, eight years old, on both databases.

    python -m benchmarks.sweep.run [--orders 1000000] [--rounds 5] [--database sqlite|postgres]

Three questions, each on a database of its own, durable as in production: a night with nothing due (milliseconds a
rule, and whether a large table is read in full); a tenth of all orders due under RT07 (two columns) and under RT10 (all
but the keep list), beside one plain UPDATE of the same rows and columns; ratios within a round, on fresh copies.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg2

from jkreeft.ops.processes import Tree
from jkreeft.ops.servers import start_postgres

ROOT = Path(__file__).resolve().parents[2]
MOST_MS_A_RULE, MOST_OF_PLAIN_UPDATE = 2.0, 1.5
QUESTIONS = ("nothing", "RT07", "RT10")
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "jkreeft.settings",
    "JKREEFT_ENVIRONMENT": "test",
    "SECRET_KEY": "benchmark-" + "0" * 40,
    "DIGEST_KEYS": "1:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "ENCRYPTION_KEYS": "1:" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "IMAGE_PROOF_KEY": "benchmark-" + "1" * 40,
    "SITE_URL": "http://localhost",
    "ALLOWED_HOSTS": "localhost",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "LOG_LEVEL": "ERROR",
}


def ask(question: str, url: str, folder: Path, options: argparse.Namespace) -> bool:
    command = [sys.executable, "-m", "benchmarks.sweep.measure", question]
    command += ["--orders", str(options.orders), "--rounds", str(options.rounds)]
    environment = os.environ | ENVIRONMENT | {"DATABASE_URL": url, "JKREEFT_VAR": str(folder)}
    run = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    answer = json.loads(run.stdout)
    print("  ".join(f"{name}={value}" for name, value in answer.items()), flush=True)
    return holds(answer)


def holds(answer: dict[str, Any]) -> bool:
    """Whether the bars of this question hold."""
    if answer["what"] == "nothing":
        return bool(answer["cpu_ms_a_rule"] <= MOST_MS_A_RULE and not answer["full_scans_over_10000_rows"])
    return bool(answer["ratio"] <= MOST_OF_PLAIN_UPDATE)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    options = parser.parse_args()
    held = []
    with tempfile.TemporaryDirectory(prefix="jkreeft-sweep-") as name, Tree() as tree:
        folder = Path(name)
        for database in options.database or ["sqlite", "postgres"]:
            server = "" if database == "sqlite" else start_postgres(tree, folder, durable=True)
            for question in QUESTIONS:
                place = folder / f"{database}-{question}"
                place.mkdir()
                url = f"sqlite:///{place}/night.sqlite3" if not server else _new_database(server, question)
                held.append(ask(question, url, place, options))
    return 0 if all(held) else 1


def _new_database(server: str, question: str) -> str:
    """A new database on the server; through psycopg2, which the project has anyway."""
    name = f"night_{question.lower()}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    return f"{server.rsplit('/', 1)[0]}/{name}"


if __name__ == "__main__":
    sys.exit(main())
