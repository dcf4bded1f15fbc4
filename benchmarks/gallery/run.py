"""What a gallery page of 60 photos costs beside the site's own emptiest page with a session.

    python -m benchmarks.gallery.run [--photos 60] [--others 2000] [--rounds 7] [--requests 60]

Three pages in turn, through the whole WSGI stack in this process, on SQLite or, when DATABASE_URL names it, PostgreSQL:
the empty page (session, codes, base template), the gallery warm (kept in this process) and cold (made anew). Printed
are the CPU time of a request and the ratio to the empty page, made within each round, median over the rounds; and the
queries.
"""

import argparse
import io
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from uuid import uuid4

# Codes are put into the session directly, so the cache of counters is never asked.
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

from tests import servers  # noqa: F401  (fills in the environment of a test)

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from common.periods import local_date  # noqa: E402
from galleries.actions import create_assignment, create_client, create_subject, publish_assignment  # noqa: E402
from galleries.actions.acceptance import accept_terms  # noqa: E402
from galleries.actions.contacts import add_contact  # noqa: E402
from galleries.models import Assignment, LoginCode, Photo, Subject  # noqa: E402
from privacy.models import StoredObject  # noqa: E402

Page = Callable[[], float]
MOST_OF_EMPTY = {"empty": 1.0, "warm": 1.25, "cold": 2.0}


def add_photos(assignment: Assignment, subject: Subject, count: int) -> None:
    now = timezone.now()
    names = [uuid4().hex for _ in range(count)]
    stored = StoredObject.objects.bulk_create(
        [
            StoredObject(name=f"original/{assignment.public_id.hex}/{name}.jpg", created_at=now, attached_at=now)
            for name in names
        ]
    )
    Photo.objects.bulk_create(
        [
            Photo(
                assignment=assignment,
                subject=subject,
                original=one,
                content_digest=name,
                width=4000 if index % 3 else 6000,
                height=6000 if index % 3 else 4000,
                thumbnail_name=f"thumbnail/{assignment.public_id.hex}/{name}.jpg",
                preview_name=f"preview/{assignment.public_id.hex}/{name}.jpg",
                uploaded_at=now,
            )
            for index, (name, one) in enumerate(zip(names, stored, strict=True))
        ]
    )


def fill(photos: int, others: int) -> tuple[LoginCode, str]:
    """One subject with `photos` among others with `others`, online, and a session that holds its code."""
    now = timezone.now()
    client = create_client(kind="school", name="School", now=now)
    assignment = create_assignment(client_id=client.pk, title="School day", now=now)
    subjects = [create_subject(assignment_id=assignment.pk, number=number, now=now) for number in ("1", "2")]
    for subject, count in zip(subjects, (photos, others), strict=True):
        add_photos(assignment, subject, count)
    staff = User.objects.create_superuser("staff@example.org", "geheim")
    link = add_contact(assignment_id=assignment.pk, name="N", email="n@example.org", phone="", role="", now=now)
    accept_terms(
        assignment_id=assignment.pk,
        contact_id=link.contact_id,
        means="email",
        accepted_on=local_date(now),
        by=staff,
        now=now,
    )
    publish_assignment(assignment_id=assignment.pk, by=staff, now=now)
    code = LoginCode.objects.get(subject=subjects[0])
    session = SessionStore()
    session["codes"], session["galleries"] = [code.pk], [str(code.public_id)]
    session.set_expiry(now + timedelta(days=21))
    session.create()
    return code, str(session.session_key)


def visitor(path: str, session_key: str, *, cold: bool = False) -> Page:
    """A request for `path`; calling it makes one and returns the CPU seconds it took."""
    app = get_wsgi_application()
    host = settings.SITE_URL.partition("://")[2]
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": host.partition(":")[0],
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host,
        "HTTP_COOKIE": f"sessionid={session_key}; viewer={'0a' * 16}",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }

    def ask() -> float:
        if cold:
            caches["fragments"].clear()
        statuses: list[str] = []
        start = time.process_time()
        answer = app(dict(environ), lambda status, _headers, _exc=None: statuses.append(status))
        body = b"".join(answer)
        answer.close()
        took = time.process_time() - start
        assert statuses == ["200 OK"], (statuses, body[:200])
        return took

    return ask


def measure(pages: dict[str, Page], *, rounds: int, requests: int) -> dict[str, list[float]]:
    """CPU milliseconds per request: per page one figure a round, the pages in turn request by request."""
    result: dict[str, list[float]] = {name: [] for name in pages}
    for ask in pages.values():
        for _ in range(5):
            ask()
    for _ in range(rounds):
        totals = dict.fromkeys(pages, 0.0)
        for _ in range(requests):
            for name, ask in pages.items():
                if name == "warm":
                    ask()  # the cold page before it emptied the cache
                totals[name] += ask()
        for name, total in totals.items():
            result[name].append(1000 * total / requests)
    return result


def queries(ask: Page) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def report(pages: dict[str, Page], result: dict[str, list[float]]) -> bool:
    """Print what was measured; whether the bars hold."""
    print(f"database: {connection.vendor}")
    held = True
    for name, ask in pages.items():
        ratios = [mine / empty for mine, empty in zip(result[name], result["empty"], strict=True)]
        print(f"{name:>5}: {median(result[name]):6.2f} ms CPU, {median(ratios):.2f}x of empty, {queries(ask)} queries")
        held &= median(ratios) <= MOST_OF_EMPTY[name]
    return held


def main() -> int:
    parser = argparse.ArgumentParser(description="The cost of a gallery page.")
    for name, default in (("photos", 60), ("others", 2000), ("rounds", 7), ("requests", 60)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    settings.ROOT_URLCONF = "benchmarks.gallery.pages"
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        code, key = fill(options.photos, options.others)
        gallery = f"/fotos/{code.public_id}/"
        pages = {
            "empty": visitor("/leeg/", key),
            "cold": visitor(gallery, key, cold=True),
            "warm": visitor(gallery, key),
        }
        return 0 if report(pages, measure(pages, rounds=options.rounds, requests=options.requests)) else 1
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
