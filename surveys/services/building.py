"""Making a survey: from a starter or an earlier one, its questions, publication and end."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from enrollment.models import ServiceOption
from school.models import Period, SchoolSettings, Term, User, Weekday
from surveys.defaults import STARTERS, Starter
from surveys.models import Option, Question, Section, Survey

OptionTexts = Sequence[tuple[str, str]]  # (text, value)


@transaction.atomic
def create_survey(*, kind: str, term: Term, by: User) -> Survey:
    """A draft with the starter questionnaire of its kind."""
    starter = STARTERS[kind]
    survey = Survey.objects.create(
        kind=kind,
        term=term,
        title=starter.title,
        intro=starter.intro,
        anonymous=starter.anonymous,
        grade_to=SchoolSettings.load().top_grade,
        created_by=by,
    )
    for order, part in enumerate(starter.sections):
        section = Section.objects.create(
            survey=survey, title=part.title, grade_from=part.grade_from, grade_to=part.grade_to, order=order
        )
        for place, asked in enumerate(part.questions):
            if asked.meaning != Question.Meaning.OPTION or ServiceOption.objects.filter(term=term).exists():
                _add_starter(section, asked, place)
    return survey


def _add_starter(section: Section, asked: Starter, order: int) -> None:
    question = Question.objects.create(
        section=section,
        text=asked.text,
        help=asked.help,
        kind=asked.kind,
        required=asked.required,
        meaning=asked.meaning,
        low=asked.ends[0],
        high=asked.ends[1],
        order=order,
    )
    _set_options(question, own_options(question) or [(text, "") for text in asked.options])


def own_options(question: Question) -> OptionTexts:
    """(text, value) that a question with a meaning makes itself from what the school has; empty for the others."""
    term = question.section.survey.term
    if question.meaning == Question.Meaning.TAKES_PART:
        return [(_("Yes, takes part"), "yes"), (_("No, not for now"), "no")]
    if question.meaning == Question.Meaning.WEEKDAYS:
        return [(str(day.label), str(day.value)) for day in list(Weekday)[:5]]
    if question.meaning == Question.Meaning.PERIODS:
        return [(period.name, str(period.pk)) for period in Period.objects.all()]
    if question.meaning == Question.Meaning.OPTION:
        return [(option.name, str(option.pk)) for option in ServiceOption.objects.filter(term=term)]
    return []


def _set_options(question: Question, options: OptionTexts) -> None:
    question.options.all().delete()
    Option.objects.bulk_create(
        Option(question=question, text=text[:80], value=value, order=order)
        for order, (text, value) in enumerate(options)
    )


def _must_be_draft(survey: Survey) -> None:
    if not survey.is_draft:
        raise ValidationError(
            _("The questions of a published survey are fixed: families answer the same ones. Copy it as a new survey.")
        )


@transaction.atomic
def save_question(*, question: Question, texts: Iterable[str], by: User) -> Question:
    """A new or changed question with its options, one text each; options that a meaning makes are made again."""
    _must_be_draft(question.section.survey)
    question.save()
    if not question.has_options:
        _set_options(question, [])
    else:
        _set_options(question, own_options(question) or [(text, "") for text in texts])
    return question


@transaction.atomic
def add_question(*, question: Question, texts: Iterable[str], by: User) -> Question:
    """Adds a question at the end of its section."""
    question.order = question.section.questions.count()
    return save_question(question=question, texts=texts, by=by)


@transaction.atomic
def move_row(*, row: Section | Question, step: int, by: User) -> None:
    """A section or question one place up (-1) or down (1); at the end nothing happens."""
    survey = row.survey if isinstance(row, Section) else row.section.survey
    _must_be_draft(survey)
    siblings: QuerySet = survey.sections.all() if isinstance(row, Section) else row.section.questions.all()
    rows = list(siblings)
    place = [one.pk for one in rows].index(row.pk)
    if 0 <= place + step < len(rows):
        rows.insert(place + step, rows.pop(place))
        for order, one in enumerate(rows):
            one.order = order
        type(row)._default_manager.bulk_update(rows, ["order"])


@transaction.atomic
def copy_survey(*, survey: Survey, term: Term, by: User) -> Survey:
    """A new draft with the same questions; options that come from the term's offers are made anew for `term`."""
    copy = Survey.objects.create(
        kind=survey.kind,
        term=term,
        title=survey.title,
        intro=survey.intro,
        grade_from=survey.grade_from,
        grade_to=survey.grade_to,
        anonymous=survey.anonymous,
        copied_from=survey,
        created_by=by,
    )
    for section in survey.sections.prefetch_related("questions__options"):
        questions = list(section.questions.all())
        section.pk, section.survey = None, copy
        section._state.adding = True
        section.save()
        for question in questions:
            options = [(option.text, option.value) for option in question.options.all()]
            new = Question.objects.create(
                section=section,
                **{
                    name: getattr(question, name)
                    for name in ("text", "help", "kind", "required", "low", "high", "meaning", "order")
                },
            )
            _set_options(new, own_options(new) or options)
    return copy


def what_is_missing(survey: Survey) -> list[str]:
    """What keeps the survey from being published, as sentences; empty if nothing does."""
    missing = []
    questions = list(Question.objects.filter(section__survey=survey).prefetch_related("options"))
    if not questions:
        missing.append(_("Add at least one question."))
    missing += [
        _("«%s» needs at least two options.") % question.text
        for question in questions
        if question.has_options and question.options.count() < 2 and question.meaning != Question.Meaning.OPTION
    ]
    missing += [
        _("«%s» has no options: the term has no service option yet. Delete the question or add the options first.")
        % question.text
        for question in questions
        if question.meaning == Question.Meaning.OPTION and not question.options.all()
    ]
    if survey.opens_at is None or survey.closes_at is None:
        missing.append(_("Say from when to when families can answer."))
    elif survey.closes_at <= timezone.now():
        missing.append(_("The survey would close in the past."))
    return missing


@transaction.atomic
def publish_survey(*, survey: Survey, by: User) -> Survey:
    """Publishes the survey; its questions are fixed from then on. Raises ValidationError with all that is missing."""
    survey = Survey.objects.select_for_update(of=["self"]).get(pk=survey.pk)
    if not survey.is_draft:
        raise ValidationError(_("This survey has been published already."))
    if missing := what_is_missing(survey):
        raise ValidationError(missing)
    survey.status = Survey.Status.PUBLISHED
    survey.save()
    return survey


@transaction.atomic
def extend_survey(*, survey: Survey, closes_at: dt.datetime, by: User) -> Survey:
    """Changes the closing time. An anonymous survey that is over cannot be reopened: its results have been shown."""
    survey = Survey.objects.select_for_update(of=["self"]).get(pk=survey.pk)
    if survey.status != Survey.Status.PUBLISHED:
        raise ValidationError(_("Only a published survey that has not been closed can be given more time."))
    if survey.anonymous and survey.is_over:
        raise ValidationError(_("The results of this anonymous survey are shown already: it cannot be opened again."))
    if closes_at <= timezone.now():
        raise ValidationError(_("The survey would close in the past."))
    survey.closes_at = closes_at
    survey.save()
    return survey


@transaction.atomic
def close_survey(*, survey: Survey, by: User) -> Survey:
    """Ends it for good. Closing it a second call changes nothing."""
    survey = Survey.objects.select_for_update(of=["self"]).get(pk=survey.pk)
    if survey.is_draft:
        raise ValidationError(_("This survey has not been published."))
    if survey.status != Survey.Status.CLOSED:
        now = timezone.now()
        if survey.closes_at is None or survey.closes_at > now:
            survey.closes_at = max(now, (survey.opens_at or now) + dt.timedelta(minutes=1))
        survey.status = Survey.Status.CLOSED
        survey.save()
    return survey
