"""A class's agreements as one file with a register: who may ask, what is in it, made once."""

import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from enrollment.models import Agreement
from reports.models import ReportRun
from reports.services import make_summary, request_agreements
from school.models import AccessLog
from tests.conftest import enrol, pdf_text, records

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(cast, offer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for child, guardian in ((cast.child, cast.mother), (cast.other_child, cast.other_mother)):
        enrol(offer, child, guardian, cast.homeroom, cast.office)
    return cast


def ask(cast, **arguments):
    return request_agreements(
        term=cast.term,
        arguments={"site": "https://school.example/", **arguments},
        reason="学期归档",
        by=cast.office.user,
    )


def pages(pdf):
    """The text of each page."""
    return pdf_text(pdf, "-layout").split("\f")[:-1]


def test_a_class_as_one_file_with_its_register(signed):
    run = make_summary(run=ask(signed, school_class=signed.class_1.pk))
    assert run.status == "done"
    found = pages(run.pdf.read())
    papers = [page for page in found if page.strip()]
    assert len(papers) == 2
    assert all("韩小雨" in page and "杨小帆" not in page for page in papers)
    assert [page.split()[-1].strip("—") for page in papers] == ["1", "1"]  # each counts its own
    assert len(found) == 3  # printed on both sides, the second begins on a front page
    book = openpyxl.load_workbook(io.BytesIO(run.xlsx.read()))
    numbers = set(Agreement.objects.filter(application__student=signed.child).values_list("number", flat=True))
    cells = {cell for row in book.active.iter_rows(values_only=True) for cell in row}
    assert numbers <= cells
    log = AccessLog.objects.get()
    assert (log.rows, log.reason, log.fields) == (2, "学期归档", ["name", "signature"])


def test_nothing_to_print_and_no_reason_are_refused(signed):
    with pytest.raises(ValidationError, match="没有符合条件的协议可打印"):
        ask(signed, grade=6)
    with pytest.raises(ValidationError, match="请写明导出的用途"):
        request_agreements(term=signed.term, arguments={}, reason=" ", by=signed.office.user)


def test_only_the_offices_see_the_files(signed, as_user):
    run = make_summary(run=ask(signed))
    url = reverse("reports:run_file", args=[run.pk, "pdf"])
    assert as_user(signed.principal).get(url).status_code == 404
    assert as_user(signed.office).get(url).status_code == 200
    assert run not in records(as_user(signed.office).get(reverse("reports:run_list")))


def test_the_page_asks_and_follows(signed, as_user):
    client = as_user(signed.office)
    url = reverse("reports:agreement_print")
    empty = client.post(url, {"grade": 6, "reason": "归档", "state": "in_force"})
    assert empty.context["form"]["reason"].value() == "归档"
    answer = client.post(url, {"kind": "service", "grade": 3, "reason": "归档", "state": "in_force"})
    run = ReportRun.objects.get()
    assert answer.url == run.get_absolute_url()
    assert run.arguments == {"kind": "service", "grade": 3, "state": "in_force", "site": "http://testserver/"}
    assert client.get(answer.url).status_code == 200
    assert as_user(signed.homeroom).get(url).status_code == 403
