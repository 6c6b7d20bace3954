"""The draw: against an independent implementation, its fairness, and what the school makes of it."""

import copy
import datetime as dt
import hashlib
import json
import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from clubs import redraw
from clubs.explaining import explain
from clubs.models import Choice, ChoiceRound, ChoiceSheet, Club, ClubSettings, ClubSlot, Draw, Membership, Seat, Waiting
from clubs.outcomes import told
from clubs.services.choosing import announce_round, cancel_round, record_verdicts, save_choices
from clubs.services.drawing import draw_round, draw_with_first
from clubs.services.giving import publish_auditions, publish_draw
from clubs.services.rehearsing import rehearse
from school.models import SpecialGroup, SpecialGroupMembership, Term
from tests.conftest import make_round, take
from tests.property import examples


def plainly(data):
    """The same rules written by somebody else: lists, no sets, one child and one question at a time."""
    numbers = [c["number"] for c in data["children"]]
    child = dict(zip(numbers, data["children"], strict=True))

    def lot(number):
        return hashlib.sha256((data["seed"] + ":" + number).encode("utf-8")).hexdigest()

    queue = sorted(numbers, key=lot)
    out = []
    while True:
        seats = {club["id"]: club["places"] for club in data["clubs"]}
        when = {club["id"]: club["slots"] for club in data["clubs"]}
        holds = {number: [] for number in numbers}
        given, round_ = [], 0
        while True:
            round_ += 1
            progress = False
            for number in queue if round_ % 2 == 1 else queue[::-1]:
                if len(holds[number]) >= child[number]["most"]:
                    continue
                for club in child[number]["choices"]:
                    taken = list(child[number]["busy"]) + [slot for other in holds[number] for slot in when[other]]
                    if club in [gone for gone, _size in out] or club in holds[number]:
                        continue
                    if seats[club] > 0 and not [slot for slot in when[club] if slot in taken]:
                        seats[club] -= 1
                        holds[number].append(club)
                        given.append([round_, number, club])
                        progress = True
                        break
            if not progress:
                break
        lacking = []
        for club in data["clubs"]:
            if club["id"] in [gone for gone, _size in out]:
                continue
            size = club["there"] + len([1 for line in given if line[2] == club["id"]])
            if size < club["least"]:
                lacking.append((club["least"] - size, -club["id"], size))
        if not lacking:
            return {"dropped": out, "given": given}
        most = max(lacking)
        out.append([-most[1], most[2]])


SLOTS = st.lists(st.sampled_from(["1-2", "2-2", "3-2", "4-2", "5-2"]), min_size=1, max_size=2, unique=True)


@st.composite
def draws(draw, *, least=True, most=3):
    clubs = [
        {
            "id": n,
            "least": draw(st.integers(0, 4)) if least else 0,
            "places": draw(st.integers(0, 5)),
            "there": draw(st.integers(0, 2)),
            "slots": draw(SLOTS),
        }
        for n in range(1, draw(st.integers(1, 6)) + 1)
    ]
    ids = [club["id"] for club in clubs]
    children = [
        {
            "number": f"{n:04x}",
            "most": draw(st.integers(1, most)),
            "busy": draw(st.lists(st.sampled_from(["1-2", "2-2"]), max_size=1)),
            "choices": draw(st.lists(st.sampled_from(ids), min_size=1, max_size=5, unique=True)),
        }
        for n in range(draw(st.integers(1, 14)))
    ]
    return {"seed": draw(st.text("0123456789abcdef", min_size=4, max_size=8)), "clubs": clubs, "children": children}


@examples(100, 4000)
@given(draws())
def test_two_implementations_agree(data):
    assert redraw.draw(data) == plainly(data)


@examples(50, 2000)
@given(draws())
def test_same_seed_same_outcome_in_whatever_order_the_file_stands(data):
    shuffled = copy.deepcopy(data)
    shuffled["children"].reverse()
    assert redraw.draw(data) == redraw.draw(shuffled)


@examples(50, 2000)
@given(draws(least=False, most=1), st.data())
def test_nobody_gains_by_misreporting_in_a_one_round_draw(data, extra):
    """No least sizes, no credit, one place each: telling the truth is as good as any other list."""
    child = extra.draw(st.sampled_from(data["children"]))
    truth = list(child["choices"])

    def best(of):
        got = [club for _turn, number, club in redraw.draw(of)["given"] if number == child["number"]]
        return min((truth.index(club) for club in got if club in truth), default=len(truth))

    honest = best(data)
    lie = copy.deepcopy(data)
    liar = next(c for c in lie["children"] if c["number"] == child["number"])
    ids = [club["id"] for club in data["clubs"]]
    liar["choices"] = extra.draw(st.lists(st.sampled_from(ids), max_size=5, unique=True))
    assert best(lie) >= honest


@examples(75, 3000)
@given(draws())
def test_no_place_is_free_that_somebody_wanted_and_could_take(data):
    out = redraw.draw(data)
    gone = {club for club, _size in out["dropped"]}
    slots = {club["id"]: set(club["slots"]) for club in data["clubs"]}
    for child in data["children"]:
        got = [club for _turn, number, club in out["given"] if number == child["number"]]
        busy = set(child["busy"]).union(*(slots[club] for club in got))
        assert len(got) <= child["most"]
        assert len(busy) == len(set(child["busy"])) + sum(len(slots[club]) for club in got)
        for club in data["clubs"]:
            used = sum(1 for line in out["given"] if line[2] == club["id"])
            assert used <= club["places"]
            wanted = club["id"] in child["choices"] and club["id"] not in gone and club["id"] not in got
            if wanted and len(got) < child["most"] and not slots[club["id"]] & busy:
                assert used == club["places"]


@examples(50, 2000)
@given(draws(least=False, most=1))
def test_nobody_behind_in_line_has_what_somebody_before_wanted_more(data):
    place = {child["number"]: n for n, child in enumerate(redraw.order_of(data))}
    slots = {club["id"]: set(club["slots"]) for club in data["clubs"]}
    got = {number: club for _turn, number, club in redraw.draw(data)["given"]}
    by_number = {child["number"]: child for child in data["children"]}
    for envious, child in by_number.items():
        for other, club in got.items():
            if place[other] <= place[envious] or club not in child["choices"] or slots[club] & set(child["busy"]):
                continue
            assert child["choices"].index(got[envious]) <= child["choices"].index(club)


# --- with the school around it --------------------------------------------------------------------------------------


@pytest.fixture
def drawing(afternoon, db):
    """Three clubs (one place, two places, one that needs five children) and a draw open for choosing."""
    cast = afternoon
    ClubSettings.fresh()
    ChoiceRound.objects.update(state="cancelled")
    Club.objects.all().update(status="cancelled")

    def club(name, weekday, places, least=0):
        made = Club.objects.create(
            term=cast.term,
            name=name,
            grade_from=1,
            grade_to=6,
            capacity=max(places, least),
            least=least,
            room=cast.rooms[0],
            instructor=cast.teacher,
            aim="说明",
            status="published",
        )
        ClubSlot.objects.create(
            term=cast.term, club=made, weekday=weekday, period=cast.second, room=made.room, instructor=made.instructor
        )
        return made

    cast.chess, cast.paper, cast.choir = club("围棋", 1, 1), club("剪纸", 2, 2), club("合唱", 4, 5, least=5)
    cast.draw_round = make_round(cast, cast.chess, cast.paper, cast.choir, way="draw", most_places=2, name="抽签")
    cast.families = [
        (cast.child, cast.mother.user),
        (cast.other_child, cast.other_mother.user),
        (cast.teachers_child, cast.teacher_parent.user),
    ]
    return cast


def choose(cast, n, *clubs, wanted=2):
    student, user = cast.families[n]
    known = ChoiceSheet.objects.filter(round=cast.draw_round, student=student).first()
    return save_choices(
        round=cast.draw_round,
        student=student,
        clubs=[Club.objects.prefetch_related("slots__period").get(pk=club.pk) for club in clubs],
        places_wanted=wanted,
        version=known.version if known else 0,
        by=user,
    )


def close(cast):
    from django.utils import timezone

    now = timezone.now()
    ChoiceRound.objects.filter(pk=cast.draw_round.pk).update(closes_at=now - dt.timedelta(minutes=1))
    cast.draw_round.refresh_from_db()


def test_the_whole_way_of_a_draw(drawing, tmp_path):
    for n in range(3):
        choose(drawing, n, drawing.chess, drawing.choir, drawing.paper)
    close(drawing)
    draw = draw_round(round=drawing.draw_round, by=drawing.office.user)
    assert draw_round(round=drawing.draw_round, by=drawing.office.user) == draw
    assert Membership.objects.count() == 0
    file = tmp_path / "draw.json"
    file.write_text(draw.data, encoding="utf-8")
    assert hashlib.sha256(draw.data.encode()).hexdigest() == draw.sha256
    script = subprocess.run([sys.executable, redraw.__file__, str(file)], capture_output=True, text=True, check=False)
    assert (script.returncode, script.stdout) == (0, "seed as announced: True, outcome the same: True\n")
    names = [student.name for student, _user in drawing.families]
    assert not [name for name in names if name in draw.data]

    given = publish_draw(round=drawing.draw_round, by=drawing.office.user)
    assert (given.places, given.not_given) == (3, [])
    drawing.chess.refresh_from_db()
    drawing.choir.refresh_from_db()
    assert (drawing.chess.taken, drawing.choir.status) == (1, "cancelled")
    assert Membership.objects.filter(how="drawn", round=drawing.draw_round).count() == 3 == Seat.objects.count()
    lines = list(draw.lines.order_by("place"))
    assert [line.got for line in lines] == [1, 1, 1]
    kinds = [[result["is"] for result in line.results] for line in lines]
    assert kinds == [["got", "dropped", "full"], ["full", "dropped", "got"], ["full", "dropped", "got"]]
    assert list(Waiting.objects.filter(club=drawing.chess).order_by("order").values_list("order", flat=True)) == [2, 3]
    with pytest.raises(ValidationError, match="没有待发布的抽签结果"):
        publish_draw(round=drawing.draw_round, by=drawing.office.user)


def test_a_changed_file_is_found_out(drawing, tmp_path):
    choose(drawing, 0, drawing.chess)
    choose(drawing, 1, drawing.chess)
    close(drawing)
    data = json.loads(draw_round(round=drawing.draw_round, by=drawing.office.user).data)
    winner = data["outcome"]["given"][0][1]
    loser = next(c["number"] for c in data["children"] if c["number"] != winner)
    data["outcome"]["given"][0][1] = loser
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(data))
    assert (
        subprocess.run([sys.executable, redraw.__file__, str(file)], capture_output=True, check=False).returncode == 1
    )


def test_families_read_why(drawing):
    sheets = [choose(drawing, n, drawing.chess, drawing.choir, drawing.paper, wanted=1) for n in range(3)]
    close(drawing)
    draw = draw_round(round=drawing.draw_round, by=drawing.office.user)
    by_place = {line.place: line for line in draw.lines.select_related("draw")}
    said = [words for _club, _kind, words in told(by_place[2], next(s for s in sheets if s.pk == by_place[2].sheet_id))]
    assert said == [
        "已满：最后一个名额在第 1 轮给了顺位第 1 号，您是第 2 号。",
        "未能开班：只有 2 名学生，至少需要 5 名。",
        "已录取（第 1 轮）。",
    ]


def special(*students):
    group = SpecialGroup.objects.filter(has_priority=True).first()
    SpecialGroupMembership.objects.bulk_create(SpecialGroupMembership(student=s, group=group) for s in students)


def numbers_of(draw):
    return {line.sheet.student.name: line.sheet.number for line in draw.lines.select_related("sheet__student")}


def recomputed(draw, tmp_path):
    file = tmp_path / "draw.json"
    file.write_text(draw.data, encoding="utf-8")
    return (
        subprocess.run([sys.executable, redraw.__file__, str(file)], capture_output=True, check=False).returncode == 0
    )


def test_who_comes_first_gets_a_place_and_stands_in_the_file_like_all_others(drawing, tmp_path):
    """One place, three who want it: who comes first has it whatever the lot says, and the file shows one place fewer."""
    special(drawing.teachers_child)
    for n in range(3):
        choose(drawing, n, drawing.chess)
    close(drawing)
    draw = draw_round(round=drawing.draw_round, by=drawing.office.user)
    assert [line.sheet.student for line in draw.lines.filter(got=1)] == [drawing.teachers_child]
    data = json.loads(draw.data)
    assert {tuple(sorted(child)) for child in data["children"]} == {("busy", "choices", "most", "number")}
    assert {child["number"] for child in data["children"]} == set(numbers_of(draw).values())
    assert recomputed(draw, tmp_path)
    # Of three who wanted it nobody can tell to whom the place went that the file does not have.
    assert [club["places"] for club in data["clubs"] if club["id"] == drawing.chess.pk] in ([0], [1])
    assert "first" not in draw.data and "beforehand" not in draw.data
    assert draw.beforehand == {
        "first": [numbers_of(draw)["吴小舟"]],
        "given": {numbers_of(draw)["吴小舟"]: drawing.chess.pk},
    }
    assert draw.summary["tiers"] == [[0, None], [1, None]]
    given = publish_draw(round=drawing.draw_round, by=drawing.office.user)
    assert (given.places, given.not_given) == (1, [])
    assert Membership.objects.get().student == drawing.teachers_child
    line = draw.lines.select_related("draw").get(got=1)
    assert told(line, line.sheet) == [("围棋", "ok", "已优先录取，公开文件中不体现。")]


def test_a_choice_that_is_nobody_elses_leaves_no_trace_in_the_file(drawing, tmp_path):
    """The file would be the same, byte for byte but for the hour, if that child belonged to no group."""
    choose(drawing, 0, drawing.chess)
    choose(drawing, 1, drawing.chess)
    choose(drawing, 2, drawing.paper)
    close(drawing)
    drawing.draw_round.refresh_from_db()

    def file_with(*first):
        SpecialGroupMembership.objects.all().delete()
        special(*first)
        with transaction.atomic():
            draw = draw_round(round=drawing.draw_round, by=drawing.office.user)
            assert recomputed(draw, tmp_path)
            transaction.set_rollback(True)
        drawing.draw_round.refresh_from_db()
        return json.loads(draw.data) | {"drawn_at": ""}, draw.beforehand["first"]

    (without, nobody), (with_one, one) = file_with(), file_with(drawing.teachers_child)
    assert (len(nobody), len(one)) == (0, 1)
    assert without == with_one


@examples(50, 2000)
@given(draws(), st.data())
def test_who_comes_first_is_served_first_and_no_club_is_over_full(data, extra):
    """Each gets the dearest choice that is left to those before it among them; together with the public draw no club has
    more children than places, and nobody more than wished or two at one time.
    """
    whole = copy.deepcopy(data)
    everybody = [child["number"] for child in data["children"]]
    first = set(extra.draw(st.lists(st.sampled_from(everybody), max_size=4, unique=True)))
    beforehand = draw_with_first(data, first)
    assert set(beforehand) <= first
    assert redraw.draw(data) == data["outcome"]
    gone = {club for club, _size in data["outcome"]["dropped"]}
    sheets = [
        {
            "pk": c["number"],
            "student": c["number"],
            "number": c["number"],
            "choices": c["choices"],
            "busy": set(c["busy"]),
        }
        for c in data["children"]
    ]
    lines = {line["number"]: line for line in explain(data, sheets, beforehand)}
    got = {n: [r["club"] for r in line["results"] if r["is"] == "got"] for n, line in lines.items()}
    slots = {club["id"]: club["slots"] for club in whole["clubs"]}
    for club in whole["clubs"]:
        assert sum(club["id"] in clubs for clubs in got.values()) <= club["places"]
    for child in whole["children"]:
        mine = [slot for club in got[child["number"]] for slot in slots[club]]
        assert len(got[child["number"]]) <= child["most"]
        assert len(set(mine)) == len(mine)
    left = {club["id"]: club["places"] for club in whole["clubs"] if club["id"] not in gone}
    for child in redraw.order_of(whole):
        if child["number"] in first:
            fitting = [c for c in child["choices"] if left.get(c) and not set(slots[c]) & set(child["busy"])]
            assert beforehand.get(child["number"]) == next(iter(fitting), None)
            if fitting:
                left[fitting[0]] -= 1


def test_who_lost_last_term_comes_first_where_the_school_says_so(drawing):
    for n in range(3):
        choose(drawing, n, drawing.chess)
    close(drawing)
    draw_round(round=drawing.draw_round, by=drawing.office.user)
    publish_draw(round=drawing.draw_round, by=drawing.office.user)
    lost = {line.sheet.student_id for line in drawing.draw_round.draws.real().get().lines.filter(got=0)}
    later = Term.objects.create(school_year=2026, half=2, starts_on=dt.date(2027, 2, 22), ends_on=dt.date(2027, 7, 9))
    from clubs.services.drawing import first_in_line

    following = ChoiceRound(term=later, priority=True)
    everybody = {student.pk for student, _user in drawing.families}
    assert first_in_line(following, everybody) == set()
    ClubSettings.objects.update(credit_for_losses=True)
    assert first_in_line(following, everybody) == lost
    assert len(lost) == 2


def test_no_draw_before_the_end_and_no_choice_after_it(drawing):
    choose(drawing, 0, drawing.chess)
    with pytest.raises(ValidationError, match="还在"):
        draw_round(round=drawing.draw_round, by=drawing.office.user)
    close(drawing)
    with pytest.raises(ValidationError, match="选报时间为"):
        choose(drawing, 1, drawing.chess)


def test_the_other_guardian_s_choices_are_not_overwritten_unseen(drawing):
    choose(drawing, 0, drawing.chess)
    with pytest.raises(ValidationError, match="沈月"):
        save_choices(
            round=drawing.draw_round,
            student=drawing.child,
            clubs=[],
            places_wanted=1,
            version=0,
            by=drawing.father.user,
        )
    assert Choice.objects.count() == 1


def test_a_club_that_does_not_fit_is_no_choice(drawing):
    Club.objects.filter(pk=drawing.chess.pk).update(grade_from=5)
    with pytest.raises(ValidationError, match="5"):
        choose(drawing, 0, drawing.chess)
    assert ChoiceSheet.objects.count() == 0


def test_a_choice_that_no_longer_fits_at_the_draw_is_left_out_and_said(drawing):
    sheet = choose(drawing, 0, drawing.chess, drawing.paper)
    drawing.child.enrolments.update(weekdays=[2, 3])
    close(drawing)
    draw = draw_round(round=drawing.draw_round, by=drawing.office.user)
    assert [result["is"] for result in draw.lines.get(sheet=sheet).results] == ["unfit", "got"]


def test_a_club_called_off_before_the_draw_is_said(drawing):
    sheet = choose(drawing, 0, drawing.chess, drawing.paper)
    Club.objects.filter(pk=drawing.chess.pk).update(status="cancelled")
    close(drawing)
    line = draw_round(round=drawing.draw_round, by=drawing.office.user).lines.get(sheet=sheet)
    assert [words for _club, _kind, words in told(line, sheet)] == ["该社团在抽签前已停办。", "已录取（第 1 轮）。"]


def test_a_child_that_left_between_draw_and_publication_is_named(drawing):
    choose(drawing, 0, drawing.chess)
    close(drawing)
    draw_round(round=drawing.draw_round, by=drawing.office.user)
    drawing.child.enrolments.update(ends_on=dt.date(2026, 11, 17))
    given = publish_draw(round=drawing.draw_round, by=drawing.office.user)
    assert given.places == 0
    assert drawing.child.name in given.not_given[0]


def test_the_seed_never_changes(drawing):
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        ChoiceRound.objects.filter(pk=drawing.draw_round.pk).update(seed="0" * 32)


def test_a_place_that_cannot_be_given_any_more_is_told_to_the_family(drawing):
    sheet = choose(drawing, 0, drawing.chess)
    close(drawing)
    draw = draw_round(round=drawing.draw_round, by=drawing.office.user)
    drawing.child.enrolments.update(ends_on=dt.date(2026, 11, 17))
    publish_draw(round=drawing.draw_round, by=drawing.office.user)
    [(_club, kind, words)] = told(draw.lines.get(sheet=sheet), sheet)
    assert kind == "attention"
    assert "没有参加" in words


def test_the_file_names_no_club_in_which_a_child_is_already(drawing):
    held = make_round(drawing, drawing.paper, name="先到")
    take(drawing.paper, drawing.child, drawing.mother.user)
    ChoiceRound.objects.filter(pk=held.pk).update(state="cancelled")
    sheet = choose(drawing, 0, drawing.chess)
    drawing.chess.slots.update(weekday=2, room=drawing.hall, instructor=drawing.office)
    close(drawing)
    draw = draw_round(round=drawing.draw_round, by=drawing.office.user)
    assert [(c["busy"], c["choices"]) for c in json.loads(draw.data)["children"]] == [([], [])]
    assert draw.lines.get(sheet=sheet).results == [{"club": drawing.chess.pk, "is": "clash", "with": None}]


def test_a_round_that_is_over_does_not_block_the_next(drawing):
    close(drawing)
    ChoiceRound.objects.filter(pk=drawing.draw_round.pk).update(way="first_come")
    one = make_round(drawing, drawing.chess, way="draw", state="draft", name="再来")
    assert announce_round(round=one, by=drawing.office.user).state == "announced"


def test_a_rehearsal_gives_nothing_out_and_keeps_the_seed(drawing):
    for n in range(3):
        choose(drawing, n, drawing.chess, drawing.choir)
    for rule in ("draw", "first_come"):
        draw = rehearse(round=drawing.draw_round, source="round", rule=rule, by=drawing.office.user)
        chess = next(club for club in draw.summary["clubs"] if club["name"] == "围棋")
        assert (chess["first"], chess["places"], chess["given"]) == (3, 1, 1)
        assert drawing.draw_round.seed not in f"{draw.data}{draw.summary}"
    assert draw.summary["all"] == {"children": 3, "first": 1, "some": 3, "none": 0, "places": 4}
    assert (
        Membership.objects.count(),
        Draw.objects.real().count(),
        ChoiceRound.objects.get(pk=drawing.draw_round.pk).state,
    ) == (
        0,
        0,
        "announced",
    )


def test_a_club_that_is_full_already_is_not_short_of_children(drawing, as_user):
    """What counts against the least is who is there and who comes, not who comes alone."""
    Club.objects.filter(pk=drawing.chess.pk).update(least=1, taken=1)
    Club.objects.filter(pk=drawing.choir.pk).update(least=5)
    choose(drawing, 0, drawing.chess, drawing.choir)
    draw = rehearse(round=drawing.draw_round, source="round", rule="first_come", by=drawing.office.user)
    page = as_user(drawing.office).get(reverse("clubs:draw_report", args=[draw.pk]))
    short = {club["name"]: club.get("size") for club in page.context["few"]}
    assert "围棋" not in short
    assert short[drawing.choir.name] == 1


def test_a_rehearsal_with_last_term_s_choices(drawing):
    with pytest.raises(ValidationError, match="没有可供演练的志愿"):
        rehearse(round=drawing.draw_round, source="last", rule="draw", by=drawing.office.user)
    before = Term.objects.create(school_year=2025, half=2, starts_on=dt.date(2026, 2, 23), ends_on=dt.date(2026, 7, 3))
    old = Club.objects.create(
        term=before, name="围棋", grade_from=1, grade_to=6, capacity=9, room=drawing.hall, instructor=drawing.teacher
    )
    held = make_round(drawing, old, way="draw", name="上学期")
    ChoiceRound.objects.filter(pk=held.pk).update(term=before, state="published")
    sheet = ChoiceSheet.objects.create(round=held, student=drawing.child, number="a", chosen_by=drawing.mother.user)
    Choice.objects.create(sheet=sheet, rank=1, club=old)
    draw = rehearse(round=drawing.draw_round, source="last", rule="draw", by=drawing.office.user)
    assert draw.summary["all"]["first"] == 1


def test_announcing_asks_for_what_is_missing(drawing):
    one = make_round(drawing, way="draw", state="draft", name="空")
    with pytest.raises(ValidationError, match="请选择要发放名额的社团"):
        announce_round(round=one, by=drawing.office.user)
    one.clubs.add(drawing.chess)
    with pytest.raises(ValidationError, match="抽签"):
        announce_round(round=one, by=drawing.office.user)
    cancel_round(round=drawing.draw_round, by=drawing.office.user)
    assert announce_round(round=one, by=drawing.office.user).state == "announced"


def test_auditions(drawing):
    ChoiceRound.objects.filter(pk=drawing.draw_round.pk).update(way="audition")
    drawing.draw_round.refresh_from_db()
    sheets = [choose(drawing, n, drawing.chess, drawing.paper) for n in range(3)]
    of_chess = [sheet.choices.get(club=drawing.chess).pk for sheet in sheets]
    of_paper = [sheet.choices.get(club=drawing.paper).pk for sheet in sheets]
    record = {"round": drawing.draw_round, "by": drawing.teacher.user}
    with pytest.raises(ValidationError, match="1"):
        record_verdicts(club=drawing.chess, verdicts=dict.fromkeys(of_chess, ("yes", "")), **record)
    verdicts = dict(zip(of_chess, [("yes", "节奏好"), ("reserve", ""), ("no", "")], strict=True))
    assert record_verdicts(club=drawing.chess, verdicts=verdicts, **record) == 1
    close(drawing)
    with pytest.raises(ValidationError, match="剪纸"):
        publish_auditions(round=drawing.draw_round, by=drawing.office.user)
    record_verdicts(
        club=drawing.paper, verdicts=dict(zip(of_paper, [("no", ""), ("yes", ""), ("yes", "")], strict=True)), **record
    )
    assert publish_auditions(round=drawing.draw_round, by=drawing.office.user).places == 3
    assert list(Waiting.objects.values_list("student", flat=True)) == [drawing.other_child.pk]
