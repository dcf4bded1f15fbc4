"""What people wrote in the world: a review, every personal field a word of its own, and the photo of a complaint."""

from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from privacy.actions.consents import give_consent
from privacy.models import StoredObject
from reviews.models import Review
from shop.models import Order
from tests.galleries.studio import NOW


def published_review(order: Order) -> Review:
    """A published review of the old order, also with what a messenger's would hold."""
    public_id = uuid4()
    consent = give_consent(
        kind="reviews.review",
        wording="1",
        about_kind="reviews.review",
        about_id=public_id,
        capacity=None,
        ends_at=None,
        now=NOW,
    )
    return Review.objects.create(
        public_id=public_id,
        form_token=uuid4(),
        channel="messenger",
        stars=4,
        text="ndl-reviewtext",
        name="ndl-reviewname",
        email="ndl-reviewmail@example.org",
        order=order,
        is_verified=True,
        written_at=NOW,
        consent=consent,
        consent_source="ndl-agreedwhere",
        consent_words="ndl-agreedwords",
        published_at=NOW,
        answer="ndl-ouranswer",
        answered_at=NOW,
    )


def complaint_picture() -> StoredObject:
    """A photo in private storage, of which only its first bytes look like one."""
    stored = StoredObject.objects.create(name="complaint/one.jpg", created_at=NOW, attached_at=NOW)
    default_storage.save(stored.name, ContentFile(b"\xff\xd8\xff\xe0 not decoded by anybody here"))
    return stored
