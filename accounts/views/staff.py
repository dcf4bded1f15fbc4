"""The login of the back office: the same door as everybody's, with its own page."""

from allauth.account.utils import get_next_redirect_url
from django import forms
from django.contrib.auth.views import LoginView
from django.http.response import HttpResponseBase

from ..forms import StaffLoginForm
from ..visits import let_in


class StaffLogin(LoginView):
    """E-mail and password of who works here; a second factor, where there is one, comes after."""

    authentication_form = StaffLoginForm
    template_name = "admin/login.html"

    def form_valid(self, form: forms.Form) -> HttpResponseBase:  # type: ignore[override]
        assert isinstance(form, StaffLoginForm)  # noqa: S101  (the class above)
        return let_in(self.request, form.get_user(), way_on=get_next_redirect_url(self.request))
