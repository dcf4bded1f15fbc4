"""What somebody who tries the demo needs: a code for each family, a login for each role."""

from datetime import datetime

from accounts.models import User
from galleries.actions import reprint
from galleries.codes import written
from galleries.models import LoginCode

from .customer import CUSTOMER
from .studio import COLLEAGUES, OWNER, SHOOTS

Entries = list[dict[str, str]]


def codes(*, now: datetime) -> Entries:
    """Every code that opens photos now, family by family; those with two children first. Reading them is in the
    access log, as each reading of a code is (P08)."""
    owner = User.objects.get(email=OWNER.email)
    families = {(plan.title, sitter.number): sitter.family for plan in SHOOTS for sitter in plan.sitters}
    rows = LoginCode.objects.open(now).select_related("subject__group", "subject__assignment").order_by("pk")
    entries = []
    for row in rows:
        subject = row.subject
        family = families.get((subject.assignment.title, subject.number))
        if family is None:
            continue
        group = subject.group.name if subject.group else ""
        entries.append(
            {
                "family": family,
                "code": written(reprint(code_id=row.pk, by=owner, now=now)),
                "note": f"{subject.assignment.title}, {group} {subject.number}",
            }
        )
    return _largest_first(entries)


def staff() -> Entries:
    """The logins of the demo: the owner first, then one for each role."""
    return [
        {
            "role": colleague.role.value.replace("_", " ") if colleague.role else "superuser",
            "email": colleague.email,
            "password": colleague.password,
        }
        for colleague in (OWNER, *COLLEAGUES)
    ]


def customers() -> Entries:
    """Who has an account; a studio filled before there were accounts has nobody."""
    known = User.objects.filter(email=CUSTOMER.email, is_staff=False).exists()
    return [{"role": "customer", "email": CUSTOMER.email, "password": CUSTOMER.password}] if known else []


def _largest_first(entries: Entries) -> Entries:
    names = [entry["family"] for entry in entries]
    return sorted(entries, key=lambda entry: (-names.count(entry["family"]), names.index(entry["family"])))
