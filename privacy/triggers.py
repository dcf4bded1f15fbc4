"""What makes the ledger insert-only in the database itself: statements that install the guards, and remove them."""

TABLES = ("privacy_ledgerentry", "privacy_ledgerseal")
_REFUSAL = "the ledger is only added to"


def create(vendor: str) -> list[str]:
    """The statements that refuse UPDATE and DELETE (and TRUNCATE, where there is one) on the ledger's tables."""
    if vendor == "postgresql":
        body = f"BEGIN RAISE EXCEPTION '{_REFUSAL}'; END"
        function = f"CREATE OR REPLACE FUNCTION privacy_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
        events = "BEFORE UPDATE OR DELETE OR TRUNCATE"
        run = "FOR EACH STATEMENT EXECUTE FUNCTION privacy_ledger_refuse()"
        return [function, *(f"CREATE TRIGGER {table}_guard {events} ON {table} {run}" for table in TABLES)]
    return [
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for table in TABLES
        for event in ("UPDATE", "DELETE")
    ]


def drop(vendor: str) -> list[str]:
    """The statements that remove the guards."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_guard ON {table}" for table in TABLES]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{event}" for table in TABLES for event in ("update", "delete")]
