"""What every page's template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def site(request: HttpRequest) -> dict[str, object]:
    """The studio's own facts, for header and footer. Costs no query."""
    return {
        "studio": {
            "name": settings.STUDIO_NAME,
            "place": settings.STUDIO_PLACE,
            "email": settings.STUDIO_EMAIL,
            "phone": settings.STUDIO_PHONE,
            "privacy_owner": settings.PRIVACY_OWNER_NAME,
            "privacy_email": settings.PRIVACY_OWNER_EMAIL,
            "contact_url": reverse("complaints:contact"),
        },
        "is_demo": settings.ENVIRONMENT == "demo",
    }
