"""Sentences that stand in more than one place."""

from django.utils.translation import gettext_lazy as _

# To the owner of an account that a restriction keeps as it is (art. 18 GDPR), about what they cannot do meanwhile.
LEFT_ALONE = _(
    "You asked us to leave your account alone. You can look at everything in it; until the restriction ends nothing in "
    "it is changed or deleted, and we send no mail of our own accord. Mail or call us when we may use it again: then "
    "you can change or delete it."
)

ADDRESS_CHANGED = _("From now on you log in with another e-mail address. This one no longer works.")
# What a customer agrees to (P45); another text here is another ACCOUNT_VERSION (`privacy.documents`).
CONSENT = _("I agree that you keep my account: my e-mail address, my orders and files, and the codes I save in it.")
CONSENT_HINT = _("You can withdraw this whenever you want: delete your account, and what no law makes us keep is gone.")
