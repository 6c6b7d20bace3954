"""Static files named by their content once they are collected, by their plain name before."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """A page or paper with a missing picture is better than an error: a command may run before collectstatic.

    collectstatic itself still refuses a stylesheet that names a missing file.
    """

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
