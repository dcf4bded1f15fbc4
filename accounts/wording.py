"""Sentences that stand in more than one place."""

from django.utils.translation import gettext_lazy as _

ADDRESS_CHANGED = _("From now on you log in with another e-mail address. This one no longer works.")
# What a customer agrees to (P45); another text here is another ACCOUNT_VERSION (`privacy.documents`).
CONSENT = _("I agree that you keep my account: my e-mail address, my orders and files, and the codes I save in it.")
CONSENT_HINT = _("You can withdraw this whenever you want: delete your account, and what no law makes us keep is gone.")
