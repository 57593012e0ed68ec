"""YAML as a tree of strings that remembers where everything stood.

Every scalar is kept as the string that was written: YAML 1.1 would turn 17:15 into 1035, 0120 into 80 and no into
false. The model gives the types. A repeated key is an error, not a silent last-one-wins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

__all__ = ["Path", "Position", "Problem", "Tree", "read_tree"]

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Position:
    """Line and column in the file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where it stands, and what would be right."""

    position: Position
    path: str
    message: str

    def text(self, file: str) -> str:
        """Return the problem as `file:line:column: path: message`."""
        where = f"{file}:{self.position.line}:{self.position.column}"
        return f"{where}: {self.path}: {self.message}" if self.path else f"{where}: {self.message}"


@dataclass
class Tree:
    """The values as strings, lists and dicts, the position of each path, and what was already found wrong."""

    value: object = None
    positions: dict[Path, Position] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def at(self, path: Path) -> Position:
        """Return the position of `path`, or of its nearest ancestor in the file."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, Position(1, 1))

    def value_at(self, path: Path) -> object:
        """Return the value that stands at `path`; None where the path leads nowhere."""
        value = self.value
        for part in path:
            try:
                value = value[part]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def problem(self, path: Path, message: str) -> Problem:
        """Return a problem that stands at `path`."""
        return Problem(self.at(path), ".".join(map(str, path)), message)


_MOST_VALUES = 200_000
"""Many times what the catalogue has: aliases of aliases would fill the memory."""


class _TooManyError(Exception):
    pass


def read_tree(text: str) -> Tree:
    """Read YAML. Syntax errors and repeated keys become problems of the tree; nothing is raised."""
    tree = Tree()
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if root is not None:
            tree.value = _convert(root, (), tree, set())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        position = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        tree.problems.append(Problem(position, "", f"not valid YAML: {error.problem or error.context}"))
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        position = Position(before.count("\n") + 1, error.position - before.rfind("\n"))
        message = f"not valid YAML: the character U+{error.character:04X} may not stand in a file"
        tree.problems.append(Problem(position, "", message))
    except RecursionError:
        tree.problems.append(Problem(Position(1, 1), "", "nested too deeply to be a catalogue"))
    except _TooManyError:
        tree.problems.append(Problem(Position(1, 1), "", f"more than {_MOST_VALUES} values, aliases written out"))
    return tree


def _convert(node: yaml.Node, path: Path, tree: Tree, above: set[int]) -> object:
    tree.positions.setdefault(path, Position(node.start_mark.line + 1, node.start_mark.column + 1))
    if len(tree.positions) > _MOST_VALUES:
        raise _TooManyError
    if id(node) in above:
        tree.problems.append(tree.problem(path, "an alias that contains itself; write the value out"))
        return None
    if isinstance(node, yaml.ScalarNode):
        return node.value
    above = above | {id(node)}
    if isinstance(node, yaml.SequenceNode):
        return [_convert(child, (*path, index), tree, above) for index, child in enumerate(node.value)]
    result: dict[str, object] = {}
    for key_node, value_node in node.value:
        position = Position(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            tree.problems.append(Problem(position, ".".join(map(str, path)), "a key must be a plain word"))
            continue
        key = key_node.value
        here = (*path, key)
        if key in result:
            first = tree.positions[here].line
            tree.problems.append(
                Problem(position, ".".join(map(str, here)), f"repeated key; it stands on line {first} already")
            )
            continue
        tree.positions[here] = position
        result[key] = _convert(value_node, here, tree, above)
    return result
