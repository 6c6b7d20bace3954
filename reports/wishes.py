"""Wishes from a survey for a rehearsal of a draw: neither surveys nor clubs imports the other."""

from clubs.services.rehearsing import Wishes
from school.models import Term
from surveys.models import Question
from surveys.models.answers import Sheet


def wishes_of_survey(term: Term) -> Wishes:
    """Student → the kinds of clubs it wants, from the newest named survey of the term's sign-up that asks for them.

    Anonymous answers belong to no child and cannot be used.
    """
    questions = Question.objects.filter(meaning=Question.Meaning.CATEGORY, section__survey__anonymous=False)
    question = (
        questions.filter(section__survey__closes_at__date__lte=term.ends_on)
        .order_by("-section__survey__closes_at", "pk")
        .prefetch_related("options")
        .select_related("section")
        .first()
    )
    if question is None:
        return {}
    words = {option.pk: option.text for option in question.options.all()}
    found: Wishes = {}
    for student, answers in Sheet.objects.filter(survey=question.section.survey_id).values_list("student", "answers"):
        chosen = answers.get(question.key) or []
        keys = chosen if isinstance(chosen, list) else [chosen]
        found[student] = [words[pk] for pk in keys if pk in words]
    return {student: names for student, names in found.items() if names}
