"""What every page's template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The studio's own facts, for header and footer. Costs no query."""
    return {
        "studio": {
            "name": settings.STUDIO_NAME,
            "place": settings.STUDIO_PLACE,
            "email": settings.STUDIO_EMAIL,
            "phone": settings.STUDIO_PHONE,
        },
        "is_demo": settings.ENVIRONMENT == "demo",
    }
