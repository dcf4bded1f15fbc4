"""A code kept in an account goes with the code or with the account, whichever is first (RT04, RT11)."""

from django.utils.translation import gettext_lazy as _

from privacy.declarations import Basis, Category, Purpose, Recipient, Whose, personal, plain
from privacy.registry import registry

registry.declare(
    "galleries.SavedCode",
    {
        "id": plain(),
        "public_id": plain(),
        "user": plain(),
        "code": personal(
            whose=Whose.CUSTOMER,
            category=Category.ACCESS,
            purpose=Purpose.ACCOUNT,
            basis=Basis.CONSENT,
            consent="account",
            rule=("RT04", "RT11", "RT11.late"),
            clauses=("P44", "P46"),
            label=_("Code saved in your account"),
            recipients=(Recipient.HOST,),
        ),
        "saved_at": plain(),
    },
)
