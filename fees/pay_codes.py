"""The code that a family writes into a transfer's remark, and finding it there."""

import re

from school.models import Student

# A letter checks six digits, so that a number written behind the code («5月») is never read as a part of it. Codes without the
# letter were issued before; they count as they are.
CODE = re.compile(r"KF\s*(\d{6})([A-Z]?)", re.IGNORECASE)


CHECKS = "ABCDEFGHJKLMNPQRSTUVWXY"  # pragma: allowlist secret


def pay_code(student: Student) -> str:
    """The code that a family writes into the transfer's remark: KF, the child's primary key, and a letter that checks it."""
    digits = f"{student.pk:06d}"
    return f"KF{digits}{check_letter(digits)}"


def check_letter(digits: str) -> str:
    """Differs for any single wrong digit and any two that are swapped: weights below the prime 23."""
    return CHECKS[sum(weight * int(digit) for weight, digit in enumerate(digits, 2)) % len(CHECKS)]


def codes_in(text: str) -> list[int]:
    """The children whose codes the remark holds, each once; a code with a wrong letter is none."""
    found = CODE.findall(text)
    valid = (digits for digits, letter in found if not letter or letter.upper() == check_letter(digits))
    return list(dict.fromkeys(int(digits) for digits in valid))
