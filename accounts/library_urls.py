"""The addresses django-allauth looks up by its own names: the views that are ours stand among them. What is not here
does not exist: a username, a second address, a phone number, somebody else's login.

Every page of the library is `counted`: which of them counts something is its own affair."""

from allauth.account import views as library
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.views.generic import RedirectView

from . import views
from .views.counted import counted

urlpatterns = [
    path("nieuw/", views.register, name="account_signup"),
    path("nieuw/verzonden/", views.sent, name="account_email_verification_sent"),
    path("inloggen/", views.log_in, name="account_login"),
    path("inloggen/code/", counted(factors.authenticate), name="mfa_authenticate"),
    path("inloggen/sleutel/", counted(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("uitloggen/", views.log_out, name="account_logout"),
    path("wachtwoord/", counted(library.password_change), name="account_change_password"),
    path("wachtwoord/vergeten/", counted(library.password_reset), name="account_reset_password"),
    path("wachtwoord/vergeten/verzonden/", counted(library.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9a-z]{1,13})-(?P<key>[0-9a-z-]{1,120})/$",
        counted(library.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/klaar/", counted(library.password_reset_from_key_done), name="account_reset_password_from_key_done"
    ),
    path("opnieuw/", counted(library.reauthenticate), name="account_reauthenticate"),
    path("opnieuw/code/", counted(factors.reauthenticate), name="mfa_reauthenticate"),
    path("opnieuw/sleutel/", counted(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("beveiliging/", counted(factors.index), name="mfa_index"),
    path("beveiliging/app/", counted(app.activate_totp), name="mfa_activate_totp"),
    path("beveiliging/app/uit/", counted(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("beveiliging/herstelcodes/", counted(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "beveiliging/herstelcodes/nieuw/", counted(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path("beveiliging/sleutels/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("beveiliging/sleutels/nieuw/", counted(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("beveiliging/sleutels/<int:pk>/weg/", counted(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
]
