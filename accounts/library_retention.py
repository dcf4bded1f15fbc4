"""What the tables of django-allauth hold. The address of an account stands on the user and nowhere else, so its two
tables of addresses stay empty; they are declared all the same, as nothing is exempt because somebody else wrote it."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from privacy.declarations import Basis, Category, Purpose, Recipient, Whose, not_personal, personal, plain
from privacy.registry import registry

from .actions.customers import CONSENT

_of_account = partial(
    personal,
    whose=Whose.CUSTOMER,
    category=Category.ACCESS,
    purpose=Purpose.ACCOUNT,
    basis=Basis.CONSENT,
    consent=CONSENT,
    rule=("RT11", "RT11.late", "RT11.unconfirmed", "RT32"),
    clauses=("P44", "P45"),
    recipients=(Recipient.HOST,),
    access=False,
)

registry.declare(
    "account.EmailAddress",
    {
        "id": plain(),
        "user": plain(),
        "email": _of_account(),
        "verified": plain(),
        "primary": plain(),
    },
)
registry.declare(
    "account.EmailConfirmation",
    {
        "id": plain(),
        "email_address": plain(),
        "created": plain(),
        "sent": plain(),
        "key": not_personal("a random key; the table stays empty, as our links prove themselves"),
    },
)
registry.declare(
    "mfa.Authenticator",
    {
        "id": plain(),
        "user": plain(),
        "type": _of_account(access=True, label=_("Second factor")),
        # Secrets, encrypted; the name somebody gave a passkey; its public key. No export shows a secret.
        "data": _of_account(keys=("secret", "seed", "used_mask", "migrated_codes", "viewed_at", "name", "credential")),
        "created_at": plain(),
        "last_used_at": _of_account(access=True, label=_("Second factor last used on")),
    },
)
