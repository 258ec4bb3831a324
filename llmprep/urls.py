"""The site's addresses: accounts, admin and the features in cards/urls.py."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# The admin's own sign-in form has no rate limit; the site's has.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("cards.urls")),
    path("account/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "cards.views.errors.bad_request"
handler403 = "cards.views.errors.forbidden"
handler404 = "cards.views.errors.not_found"
handler500 = "cards.views.errors.server_error"
handler429 = "cards.views.errors.too_many"
