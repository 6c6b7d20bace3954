"""Places for files that do not work out, named in STORAGES by the tests that need them."""

from django.core.files.storage import FileSystemStorage


class FullDisk(FileSystemStorage):
    def _save(self, name, content):
        raise OSError(28, "No space left on device")


class ToldToStop(FileSystemStorage):
    """The worker is asked to end while it stores."""

    def _save(self, name, content):
        raise SystemExit


class TakenOver(FileSystemStorage):
    """While this worker stores, another one has taken the run over."""

    def _save(self, name, content):
        from reports.models import ReportRun

        ReportRun.objects.update(attempt=2)
        return super()._save(name, content)
