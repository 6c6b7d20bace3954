"""What every answer says about itself, pages, files and errors alike."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# No page uses any of these. A photo is taken by the phone's own camera application.
NOT_USED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join(f"{name}=()" for name in NOT_USED)


class HeadersMiddleware:
    """First in the list, so that what others answer passes through it: files, refusals and redirects, too.

    Cross-Origin-Opener-Policy, Referrer-Policy and nosniff come from Django's SecurityMiddleware, which stands beside it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
