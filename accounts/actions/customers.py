"""Every write about a customer's account: registered with consent, proved by mail, logged in to, changed (P44, P45)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from privacy import erasure, holds, ledger
from privacy.actions.consents import end_consents, give_consent, withdraw_consents
from privacy.actions.erasing import REASON
from privacy.documents import ACCOUNT_VERSION
from privacy.models import Consent

from ..emails import mail_already_known, mail_change_link, mail_confirmation, mail_notice
from ..models import AddressChange, User
from ..registry import account_deleting, address_confirmed
from ..wording import ADDRESS_CHANGED

CONSENT = "account"
ABOUT = "accounts.user"
# Why an account goes, as the ledger says it, when its owner wants that: on its own page, or by asking us (P47).
SELF_SERVICE = "self_service"
WISHES = frozenset({SELF_SERVICE, REASON})


class AddressTaken(Exception):
    """Somebody else proved this address first."""


def register(*, email: str, password: str, language: str, now: datetime) -> None:
    """Make an account that its owner still has to confirm, on their consent, and mail them the link (P44, P45).

    An address that has an account gets a mail that says so instead: the caller cannot tell the two apart, and they
    cost the same. Registered again before it was confirmed, the newest password counts and older links are dead.
    """
    try:
        with transaction.atomic():
            _register(email.strip().lower(), password, language, now)
    except IntegrityError:
        # The same form twice at the same moment: the other one made the account and mailed the link.
        return


def _register(email: str, password: str, language: str, now: datetime) -> None:
    known = User.objects.select_for_update().filter(email=email).first()
    if known is not None and not _may_be_replaced(known, now=now):
        User().set_password(password)
        mail_already_known(email, language=language, now=now)
        return
    if known is not None:
        erasure.erase(User, [known.pk], reason="registered_again", now=now)
    user = User.objects.create_user(email, password, language=language)
    User.objects.filter(pk=user.pk).update(created_at=now)
    user.created_at = now
    give_consent(
        kind=CONSENT,
        wording=ACCOUNT_VERSION,
        about_kind=ABOUT,
        about_id=user.public_id,
        capacity=None,
        ends_at=None,
        now=now,
    )
    mail_confirmation(user, now=now)


def _may_be_replaced(user: User, *, now: datetime) -> bool:
    """Whether nobody proved this account, and neither a hold nor a restriction keeps it."""
    is_open = not user.is_staff and user.confirmed_at is None
    return is_open and not holds.any_excepted(User, [user.pk], now=now)


@transaction.atomic
def confirm_address(*, user_id: int, now: datetime) -> bool:
    """The owner of a new account proved their address. False when that happened before, or the account is gone."""
    changed = User.objects.filter(pk=user_id, is_staff=False, confirmed_at=None).update(confirmed_at=now, active_at=now)
    if changed:
        ledger.record("account_opened", now=now, kind=ABOUT, count=1, reason="confirmed")
    return changed == 1


@transaction.atomic
def note_login(*, user_id: int, now: datetime) -> None:
    """Somebody logged in: the five years count from now (P49), and what belongs to their address is theirs to see."""
    user = User.objects.select_for_update().get(pk=user_id)
    User.objects.filter(pk=user_id).update(
        active_at=now, reminder=None, reminded_at=None, was_reminded=False, alarmed_at=None
    )
    if not user.is_staff:
        for hook in address_confirmed:
            hook(user=user, now=now)


@transaction.atomic
def mail_link_again(*, user_id: int, now: datetime) -> None:
    """Somebody who knows the password of an account they never confirmed gets another mail with the link."""
    mail_confirmation(User.objects.get(pk=user_id), now=now)


@transaction.atomic
def ask_address_change(*, user_id: int, email: str, now: datetime) -> None:
    """Mail a link to the address somebody wants to log in with from now on; until it is used nothing changes (P86).

    An address that has an account gets a mail that says so instead; the caller cannot tell.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    email = email.strip().lower()
    earlier = AddressChange.objects.filter(user=user).values_list("pk", flat=True)
    erasure.erase(AddressChange, list(earlier), reason="asked_again", now=now)
    if User.objects.filter(email=email).exclude(pk=user_id).exists():
        mail_already_known(email, language=user.language, now=now)
        return
    change = AddressChange.objects.create(user=user, email=email, asked_at=now)
    mail_change_link(change, now=now)


@transaction.atomic
def change_address(*, change_id: int, now: datetime) -> None:
    """The new address is proved: it is the login from now on, and the old one is told (P86).

    Raises `AddressTaken` when another account proved it meanwhile.
    """
    change = AddressChange.objects.select_for_update().select_related("user").get(pk=change_id)
    user, email = change.user, change.email
    others = User.objects.select_for_update().filter(email=email).exclude(pk=user.pk)
    if not all(_may_be_replaced(other, now=now) for other in others):
        raise AddressTaken
    # Somebody registered it and never proved it: who proves it has it.
    erasure.erase(User, [other.pk for other in others], reason="address_taken", now=now)
    mail_notice(user, what=ADDRESS_CHANGED, now=now)
    User.objects.filter(pk=user.pk).update(email=email)
    user.email = email
    erasure.erase(AddressChange, [change_id], reason="confirmed", now=now)
    for hook in address_confirmed:
        hook(user=user, now=now)


def consent_ids(users: "list[User]") -> list[int]:
    """The standing consents to these accounts."""
    about = [user.public_id for user in users]
    standing = Consent.objects.filter(kind=CONSENT, about_kind=ABOUT, about_id__in=about, withdrawn_at__isnull=True)
    return list(standing.values_list("pk", flat=True))


def erase_users(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """Erase accounts with all that hangs on them, and end their consents: the proof stays twelve months (P46, RT20).

    At the wish of the owner, in whatever way they told us, that is a withdrawal (P45, P47).
    """
    users = list(User.objects.filter(pk__in=ids))
    consents = consent_ids(users)
    for part in account_deleting:
        part.carry_out(users=users, reason=reason, now=now)
    count = erasure.erase_rows(User, ids, reason=reason, rule=rule, now=now)
    if reason in WISHES:
        withdraw_consents(ids=consents, now=now)
    else:
        end_consents(ids=consents, now=now)
    return count
