"""The draw for everybody: the hash before, the seed after, the file and the script that draws it again."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from clubs import redraw
from clubs.models import ChoiceRound
from school.access import bounded, public

SHOWN = [ChoiceRound.State.ANNOUNCED, ChoiceRound.State.DRAWN, ChoiceRound.State.PUBLISHED]


@public
def draw_public(request: HttpRequest, pk: int) -> HttpResponse:
    """What was announced, what came out, and how to draw it again oneself."""
    rounds = ChoiceRound.objects.filter(way=ChoiceRound.Way.DRAW, state__in=SHOWN).select_related("term")
    one = get_object_or_404(rounds, pk=pk)
    draw = one.draws.real().defer("data").first() if one.state == ChoiceRound.State.PUBLISHED else None
    script = Path(redraw.__file__).read_text()
    context = {"round": one, "draw": draw, "script": script, "lines": len(script.splitlines())}
    return render(request, "clubs/draw_public.html", context)


@public
@bounded("draw_file")
def draw_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The published file, byte for byte; children stand in it by their numbers only."""
    rounds = ChoiceRound.objects.filter(way=ChoiceRound.Way.DRAW, state=ChoiceRound.State.PUBLISHED)
    one = get_object_or_404(rounds, pk=pk)
    draw = one.draws.real().get()
    response = HttpResponse(draw.data, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="draw.json"'
    return response


@public
def draw_script(request: HttpRequest) -> HttpResponse:
    """The script with which the school drew."""
    response = HttpResponse(Path(redraw.__file__).read_text(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="redraw.py"'
    return response
