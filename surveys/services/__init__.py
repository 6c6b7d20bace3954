from surveys.services.answering import answer_survey, enter_loose_paper, mark_paper_returned
from surveys.services.building import (
    add_question,
    close_survey,
    copy_survey,
    create_survey,
    extend_survey,
    move_row,
    publish_survey,
    save_question,
)

__all__ = [
    "add_question",
    "answer_survey",
    "close_survey",
    "copy_survey",
    "create_survey",
    "enter_loose_paper",
    "extend_survey",
    "mark_paper_returned",
    "move_row",
    "publish_survey",
    "save_question",
]
