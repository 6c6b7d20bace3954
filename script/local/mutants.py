"""The small faults that script/mutate puts into a module, one at a time: Cosmic Ray's operators and two of our own."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator
from parso.python.tree import Keyword, Name

Node = Any  # parso's nodes and leaves, which share no type that has children
Position = tuple[tuple[int, int], tuple[int, int]]

# One neighbour and one opposite of each comparison; all others fail wherever these fail.
COMPARISONS = ["Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt", "Eq_NotEq", "NotEq_Eq"]
COMPARISONS += ["Is_IsNot", "IsNot_Is"]
BINARY = ["Add_Sub", "Sub_Add", "Mul_FloorDiv", "Div_Mul", "FloorDiv_Mul", "Mod_Mul", "BitOr_BitAnd", "BitAnd_BitOr"]
PLAIN = ["NumberReplacer", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"]
PLAIN += ["AddNot", "RemoveDecorator", "ZeroIterationForLoop", "ExceptionReplacer", "ReplaceBreakWithContinue"]
PLAIN += ["ReplaceContinueWithBreak", "ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_Delete_Invert"]
PLAIN += ["ReplaceUnaryOperator_Delete_USub"]

QUESTIONS = {"filter", "exclude", "get", "Q"}


class DropCondition(Operator):
    """Takes one condition out of a question to the database: filter(day=day, until=None) asks for until alone."""

    def mutation_positions(self, node: Node) -> Iterator[Position]:
        if node.type == "argument" and node.children[1] == "=" and _asked_by(node) in QUESTIONS:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Node, index: int) -> Node:
        return Name("**{}", node.start_pos, prefix=node.get_first_leaf().prefix)

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("rows.filter(day=day, until=None)", "rows.filter(**{}, until=None)"),)


class DropStatement(Operator):
    """Leaves out a call made for its effect, or a refusal."""

    def mutation_positions(self, node: Node) -> Iterator[Position]:
        if node.type == "simple_stmt" and node.children[0].type in ("atom_expr", "raise_stmt"):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Node, index: int) -> Node:
        first = node.children[0]
        node.children[0] = Keyword("pass", first.start_pos, prefix=first.get_first_leaf().prefix)
        return node

    @classmethod
    def examples(cls) -> tuple[Example, ...]:
        return (Example("save(row)\n", "pass\n"), Example("raise Refused(row)\n", "pass\n"))


def _asked_by(argument: Node) -> str:
    """The name of the function that is called with this argument."""
    trailer = argument.parent if argument.parent.type == "trailer" else argument.parent.parent
    if trailer is None or trailer.type != "trailer":
        return ""
    before = trailer.get_previous_sibling()
    return before.get_last_leaf().value if before else ""


def operators() -> dict[str, Operator]:
    chosen = PLAIN + [f"ReplaceComparisonOperator_{name}" for name in COMPARISONS]
    chosen += [f"ReplaceBinaryOperator_{name}" for name in BINARY]
    found = {name: get_operator(f"core/{name}")() for name in chosen}
    return found | {"DropCondition": DropCondition(), "DropStatement": DropStatement()}


@dataclass(frozen=True)
class Mutant:
    """One fault: the `occurrence`-th place where the operator can change the module."""

    module: str
    operator: str
    occurrence: int
    line: int
    function: str
    """The outermost function or class that it lies in; empty outside."""
    span: tuple[int, int] | None
    """Its first and last line."""
    was: str
    becomes: str

    @property
    def key(self) -> str:
        """The same fault in the same text, wherever its line has moved to."""
        parts = (self.module, self.function, self.operator, self.was, self.becomes)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def mutants_of(root: Path, module: str) -> list[Mutant]:
    """Every fault in the module; types are left out, since a wrong one fails when the module is loaded."""
    source = (root / module).read_text()
    nodes = list(ast_nodes(get_ast(source)))
    found: dict[str, Mutant] = {}
    for name, operator in operators().items():
        places = [(node, place) for node in nodes for place in operator.mutation_positions(node)]
        for occurrence, (node, (start, _end)) in enumerate(places):
            if not _is_type(node):
                was, becomes = changed_lines(source, mutated(source, name, occurrence))
                mutant = Mutant(module, name, occurrence, start[0], *_function(node), was, becomes)
                found.setdefault(mutant.key, mutant)
    return sorted(found.values(), key=lambda mutant: (mutant.line, mutant.operator, mutant.occurrence))


def mutated(source: str, operator: str, occurrence: int) -> str:
    return mutate_code(source, operators()[operator], occurrence) or source


def changed_lines(before: str, after: str) -> tuple[str, str]:
    """The lines that differ, without their indentation."""
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return " ".join(line.strip() for line in old), " ".join(line.strip() for line in new)


def _is_type(node: Node) -> bool:
    above = node
    while above is not None and above.type not in ("suite", "file_input"):
        if above.type in ("param", "annassign"):
            return not _is_default(node, above)
        if above.type == "funcdef":
            return True
        above = above.parent
    return False


def _is_default(node: Node, above: Node) -> bool:
    """Whether it is the value after the sign of equality, not the type before it."""
    signs = [child for child in above.children if child == "="]
    return bool(signs) and node.start_pos > signs[0].start_pos


def _function(node: Node) -> tuple[str, tuple[int, int] | None]:
    """Name and lines of the outermost function or class around the node."""
    found, above = None, node
    while above is not None:
        if above.type in ("funcdef", "classdef"):
            found = above
        if above.type == "decorated":
            found = above.children[-1]
        above = above.parent
    return (found.name.value, (found.start_pos[0], found.end_pos[0])) if found else ("", None)
