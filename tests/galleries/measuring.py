"""What the tests of quality statistics share: a school of exactly as many subjects as it takes, and its figures."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from PIL import Image

from common.periods import ZONE
from galleries import tasks
from galleries.models import QualityAggregate
from galleries.models.quality import FEWEST_SUBJECTS
from galleries.quality import NAMES
from privacy.models import LedgerEntry

from .cameras import saved
from .studio import NOW, Studio

# The client's own month ends with 22 November.
END = datetime(2026, 11, 23, tzinfo=ZONE).astimezone(UTC)
GREY = saved(Image.new("L", (60, 90), 128))


def run(studio: Studio) -> None:
    tasks.measure_quality(assignment_id=studio.assignment.pk)


def refusals() -> list[str]:
    return list(LedgerEntry.objects.filter(event="quality_refused").order_by("pk").values_list("reason", flat=True))


def aggregate(studio: Studio, **changes: Any) -> QualityAggregate:
    figures = {f"{name}_{figure}": Decimal("12.34") for name in NAMES for figure in ("mean", "spread")}
    values = {"measured_at": NOW, "subject_count": FEWEST_SUBJECTS, **figures, **changes}
    return QualityAggregate.objects.create(assignment=studio.assignment, **values)
