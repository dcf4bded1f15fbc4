from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from privacy.models import OutgoingMail
from privacy.registry import registry
from privacy.rules import Rule
from privacy.selection import Span, condition_sql, selection

from .conftest import a_mail, some_mails

pytestmark = pytest.mark.django_db


def plan(sql: str, values: dict[str, Any]) -> list[str]:
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}", values)
        return [str(row[-1]) for row in cursor.fetchall()]


@pytest.mark.parametrize("rule", registry.sorted_rules(), ids=lambda rule: rule.key)
def test_no_rule_reads_its_table_in_full(rule: Rule, now: datetime) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table in full, and should; the next test fills one")
    table = rule.model._meta.db_table
    for sql, values in selection(rule).explain(now):
        steps = [step for step in plan(sql, values) if f" {table} " in step]
        assert steps, plan(sql, values)
        # "Is anything restricted at all?" stops at the first row of the index that holds only restrictions in force.
        steps = [step for step in steps if step != f"SCAN {table} USING INDEX restriction_lookup"]
        assert all(step.startswith(f"SEARCH {table} USING") and "INDEX" in step for step in steps), steps


@pytest.mark.postgres
def test_a_large_table_is_read_through_the_index_of_its_rule(now: datetime) -> None:
    some_mails(12_000, kept_from=now)
    a_mail(kept_from=now - timedelta(days=15))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for sql, values in selection(registry.rules["RT24"]).explain(now):
        assert any("mail_kept_from" in step for step in plan(sql, values))


@pytest.mark.postgres
def test_a_condition_reads_like_that_of_its_index() -> None:
    rule = registry.rules["RT32"]
    (index,) = [index for index in rule.model._meta.indexes if index.name == "user_left_service"]
    wanted = index._get_condition_sql(rule.model, connection.SchemaEditorClass(connection, collect_sql=True))
    assert condition_sql(rule.model, rule.condition) == f"({wanted})"


@pytest.mark.postgres
def test_a_span_is_open_at_its_start_and_closed_at_its_end(now: datetime) -> None:
    mails = [a_mail(kept_from=now - timedelta(days=days)) for days in (20, 19, 19, 18)]
    chosen = selection(registry.rules["RT24"])
    first = chosen.end_of_batch(now, after=None, size=1)
    third = chosen.end_of_batch(now, after=None, size=3)
    assert first is not None
    assert third is not None
    assert (first[1], third[1]) == (mails[0].pk, mails[2].pk)
    assert chosen.lock(now, Span(first, third)) == [mails[1].pk, mails[2].pk]
    assert chosen.lock(now, Span(third)) == [mails[3].pk]
    assert chosen.end_of_batch(now, after=third, size=2) is None


@pytest.mark.postgres
def test_counting_past_their_term_stops_at_its_limit(now: datetime) -> None:
    some_mails(5, kept_from=now - timedelta(days=15))
    chosen = selection(registry.rules["RT24"])
    assert (chosen.count_ripe(now, limit=3), chosen.count_ripe(now, limit=9)) == (3, 5)
    assert OutgoingMail.objects.count() == 5
