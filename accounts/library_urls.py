"""The addresses django-allauth looks up by its own names: the views that are ours stand among them. What is not here
does not exist: a username, a second address, a phone number, somebody else's login."""

from allauth.account import views as library
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.views.generic import RedirectView

from . import views

urlpatterns = [
    path("nieuw/", views.register, name="account_signup"),
    path("nieuw/verzonden/", views.sent, name="account_email_verification_sent"),
    path("inloggen/", views.log_in, name="account_login"),
    path("inloggen/code/", factors.authenticate, name="mfa_authenticate"),
    path("inloggen/sleutel/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("uitloggen/", views.log_out, name="account_logout"),
    path("wachtwoord/", library.password_change, name="account_change_password"),
    path("wachtwoord/vergeten/", library.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verzonden/", library.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9a-z]{1,13})-(?P<key>[0-9a-z-]{1,120})/$",
        library.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("wachtwoord/klaar/", library.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("opnieuw/", library.reauthenticate, name="account_reauthenticate"),
    path("opnieuw/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("opnieuw/sleutel/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("beveiliging/", factors.index, name="mfa_index"),
    path("beveiliging/app/", app.activate_totp, name="mfa_activate_totp"),
    path("beveiliging/app/uit/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("beveiliging/herstelcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("beveiliging/herstelcodes/nieuw/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("beveiliging/sleutels/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("beveiliging/sleutels/nieuw/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("beveiliging/sleutels/<int:pk>/weg/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
