from surveys.models.answers import Box, Participation, Sheet
from surveys.models.questions import Option, Question, Section
from surveys.models.surveys import Survey

__all__ = ["Box", "Option", "Participation", "Question", "Section", "Sheet", "Survey"]
