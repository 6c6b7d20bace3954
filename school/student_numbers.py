"""学籍号, the number of a pupil. Source: GB 11643 (ISO 7064 MOD 11-2); numbers that begin with L carry no check digit."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CHECK_DIGITS = "10X98765432"


def check_digit(body: str) -> str:
    """The last sign of a number whose 17 digits are given."""
    return CHECK_DIGITS[sum(int(digit) * (2 ** (17 - at) % 11) for at, digit in enumerate(body)) % 11]


def check_student_number(number: str) -> str | None:
    """What is wrong with a number, in words, or None."""
    if len(number) != 19 or number[0] not in "GJL":
        return str(_("A student number has 19 characters and begins with G, J or L."))
    if number[0] == "L":
        return None if number[1:].isdigit() else str(_("After the L a student number has 18 digits."))
    body, check = number[1:18], number[18]
    if not body.isdigit() or check not in CHECK_DIGITS:
        return str(_("After its letter a student number has 17 digits and a check digit."))
    return None if check == check_digit(body) else str(_("The check digit of this student number is wrong."))


def validate_student_number(number: str) -> None:
    if problem := check_student_number(number):
        raise ValidationError(problem)
