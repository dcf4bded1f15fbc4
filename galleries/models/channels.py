from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How somebody asked something about photos: by themselves with their code, or of us (P22, P28, P92)."""

    CODE = "code", _("with their own code")
    FORM = "form", _("contact form")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    POST = "post", _("letter by post")
    FACEBOOK = "facebook", _("Facebook")
    IN_PERSON = "in_person", _("in person")


# What staff record came another way than the code's own pages.
RECORDED = [(value, label) for value, label in Channel.choices if value != Channel.CODE]
