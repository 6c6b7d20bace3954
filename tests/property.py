"""How many examples property tests try: few in every run, many with `script/test --long -m hypothesis`.

    @examples(100, 4000)
    @given(draws())
    def test_two_implementations_agree(data): ...

Few are the same in every run: a commit does not fail for what it did not touch. Many are new in every run: they look for
what nobody has found yet, and print how to find it again.
"""

from hypothesis import settings

settings.register_profile("short", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, derandomize=False, print_blob=True)


def load_profile(*, long):
    settings.load_profile("long" if long else "short")


def examples(short, long, **more):
    """The settings of a property test, with the number of examples of the profile that is loaded."""
    number = long if settings.get_current_profile_name() == "long" else short
    return settings(max_examples=number, **more)
