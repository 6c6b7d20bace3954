"""Pages travel compressed: a third of their bytes or less, which a family on a slow network feels at each page."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPagesMiddleware(GZipMiddleware):
    """Django's, for pages alone: papers, workbooks and pictures are compressed already, static files by whitenoise.

    A compressed page that repeats what its address says could give a secret away by its length (BREACH). Django's answer is a
    random number of bytes in each page; the form's token, which is the secret there is in pages, is new each time anyway.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
