from django.conf import settings
from django.urls import path

from . import demo_views, views

app_name = "shop"

urlpatterns = [
    path("mandje/", views.basket, name="basket"),
    path("mandje/toevoegen/", views.add, name="add"),
    path("mandje/wijzigen/", views.change, name="change"),
    path("bestellen/", views.checkout, name="checkout"),
    path("bestellen/bewaren/", views.remember, name="remember"),
    path("bestelling/via/<str:token>/", views.order_link, name="order_link"),
    path("bestelling/<uuid:public_id>/", views.order, name="order"),
    path("bestelling/<uuid:public_id>/gegevens/", views.correct, name="correct"),
    path("bestelling/<uuid:public_id>/betalen/", views.pay, name="pay"),
    path("bestelling/<uuid:public_id>/betaald/", views.paid, name="paid"),
    path("bestelling/<uuid:public_id>/bestand/<uuid:file_id>/", views.download, name="download"),
    path("account/bestanden/<uuid:file_id>/", views.account_file, name="account_file"),
    path("betaling/melding/<slug:provider>/", views.notify, name="notify"),
]

if "demo" in settings.PAYMENT_PROVIDERS:
    urlpatterns.append(path("demo/betalen/<slug:reference>/", demo_views.demo_pay, name="demo_pay"))
