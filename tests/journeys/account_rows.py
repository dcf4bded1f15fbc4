"""The world's customer, and what the addresses of the account pages are about."""

from uuid import UUID

from allauth.mfa.models import Authenticator

from accounts.emails import CHANGE_PURPOSE, CONFIRM_PURPOSE
from accounts.models import AddressChange, User
from common import links
from galleries.models import LoginCode, SavedCode
from tests.accounts.passkeys import kept_passkey
from tests.galleries.studio import NOW


def a_customer(code: LoginCode) -> User:
    """Somebody with an account, a saved code, a passkey's worth of secrets and an address that waits to be proved."""
    customer = User.objects.create_user(
        "ndl-customer@example.org", "ndl-customer-password", confirmed_at=NOW, active_at=NOW
    )
    AddressChange.objects.create(user=customer, email="ndl-newaddress@example.org", asked_at=NOW)
    Authenticator.objects.create(user=customer, type=Authenticator.Type.WEBAUTHN, data=kept_passkey("ndl-keyname"))
    SavedCode.objects.create(user=customer, code=code, saved_at=NOW)
    User.objects.create_user("ndl-unproved@example.org", "ndl-unproved-password")
    return customer


def account_arguments(customer: User) -> dict[str, dict[str, object]]:
    """By the name of an address."""
    unproved = User.objects.get(is_staff=False, confirmed_at=None)
    saved = SavedCode.objects.get(user=customer)
    return {
        "accounts:confirm": {"token": links.sign(CONFIRM_PURPOSE, str(unproved.public_id))},
        "accounts:confirm_change": {"token": links.sign(CHANGE_PURPOSE, str(customer.address_change.public_id))},
        "account_reset_password_from_key": {"uidb36": "1", "key": "c-nothing"},
        "galleries:save_code": {"code_id": saved.code.public_id},
        "galleries:open_saved": {"saved_id": saved.public_id},
        "galleries:forget_saved": {"saved_id": saved.public_id},
        "shop:account_file": {"file_id": UUID(int=0)},
        "mfa_remove_webauthn": {"pk": Authenticator.objects.get(user=customer).pk},
    }
