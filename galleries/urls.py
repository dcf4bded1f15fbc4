from django.urls import path, re_path

from . import views

app_name = "galleries"

urlpatterns = [
    path("", views.home, name="home"),
    path("code/", views.enter, name="enter"),
    path("hulp/", views.help_page, name="help"),
    path("account/codes/<uuid:code_id>/bewaren/", views.save_code, name="save_code"),
    path("account/codes/<uuid:saved_id>/openen/", views.open_from_account, name="open_saved"),
    path("account/codes/<uuid:saved_id>/weg/", views.forget_saved, name="forget_saved"),
    path("verlaten/", views.leave_visit, name="leave"),
    path("fotos/<uuid:code_id>/", views.gallery, name="gallery"),
    path("fotos/<uuid:code_id>/bewaren/", views.keep, name="keep"),
    path("fotos/<uuid:code_id>/bewaren/intrekken/", views.withdraw, name="withdraw"),
    path("fotos/<uuid:code_id>/gegevens/", views.held, name="held"),
    path("fotos/<uuid:code_id>/herinnering/", views.remind, name="remind"),
    path("fotos/<uuid:code_id>/herinnering/vergeten/", views.forget_addresses, name="forget_addresses"),
    path("herinnering/<str:token>/", views.forget, name="forget"),
    path("fotos/<uuid:code_id>/verwijderen/", views.delete_photos, name="delete_all"),
    path("fotos/<uuid:code_id>/verwijderd/", views.deleted, name="deleted"),
    path("fotos/<uuid:code_id>/<uuid:photo_id>/", views.photo, name="photo"),
    path("fotos/<uuid:code_id>/<uuid:photo_id>/verwijderen/", views.delete_photos, name="delete"),
    path("fotos/<uuid:code_id>/<uuid:photo_id>/weghalen/", views.ask, name="ask"),
    path("fotos/<uuid:code_id>/verzoek/<uuid:case_id>/", views.case, name="case"),
    re_path(
        r"^beeld/(?P<last>[0-9]{1,12})/(?P<given>[A-Za-z0-9_-]{22})/(?P<name>[A-Za-z0-9_./-]{1,200})$",
        views.image,
        name="image",
    ),
]
