"""What the lists count. Each count is its own subquery: joining subjects and photos would multiply them."""

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from galleries.models import Assignment, LoginCode, Photo, Subject


def with_counts(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Assignments with `subject_count`, `photo_count`, `waiting` (photos not online yet, nor handed over) and `until`
    (the last end)."""
    photos = Photo.objects.filter(assignment=OuterRef("pk"))
    subjects = Subject.objects.filter(assignment=OuterRef("pk"))
    return rows.annotate(
        subject_count=_count(subjects),
        photo_count=_count(photos),
        waiting=_count(photos.waiting()),
        until=Subquery(photos.values("assignment").annotate(last=Max("expires_at")).values("last")),
    )


def subjects_without_code(assignment_id: int) -> int:
    """How many subjects have a photo of their own or of their group, and no code that works."""
    own = Photo.objects.filter(subject=OuterRef("pk"))
    of_group = Photo.objects.filter(group=OuterRef("group"))
    working = LoginCode.objects.filter(subject=OuterRef("pk"), revoked_at=None)
    subjects = Subject.objects.filter(Q(Exists(own)) | Q(Exists(of_group)), ~Exists(working))
    return subjects.filter(assignment_id=assignment_id).count()


def _count(rows: QuerySet[Photo] | QuerySet[Subject]) -> Coalesce:
    counted = rows.order_by().values("assignment").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
