from types import SimpleNamespace

import pytest
from pgtrigger import registry

from school.models import Student


def test_the_registry_of_triggers_knows_by_its_indexes_what_it_would_compute():
    """The parent's own definitions, over all triggers of ours."""
    known, parent = registry._registry, type(registry._registry).__mro__[1]
    assert len(known) > 300
    assert known.by_db_table == parent.by_db_table.fget(known)
    assert known.pg_function_names == parent.pg_function_names.fget(known)


def test_a_second_trigger_of_the_same_name_is_refused():
    trigger = SimpleNamespace(name=Student._meta.triggers[0].name)
    with pytest.raises(KeyError, match="already used"):
        registry.set(f"school.Student:{trigger.name}", model=Student, trigger=trigger)
