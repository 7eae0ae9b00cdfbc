"""Where the parts of a YAML text stand, by the way down to them from the top."""

import yaml

Way = tuple[int | str, ...]
"""Keys and positions from the top of a file down to a part: ``("codes", 0, "rules", 2)``."""


class YamlPlaces:
    """The lines and the written form of the parts of a YAML text."""

    def __init__(self, text: str, root: yaml.Node) -> None:
        self._text, self._root = text, root

    def line(self, way: Way) -> int:
        """The line on which a part begins, from 1; of what is not there, where it should be."""
        return self._find(way)[1]

    def written(self, way: Way) -> str:
        """A part as it stands in the text, on one line: 1.10 and not the number 1.1."""
        node = self._find(way)[0]
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        return " ".join(self._text[node.start_mark.index : node.end_mark.index].split())

    def _find(self, way: Way) -> tuple[yaml.Node, int]:
        node = self._root
        line = node.start_mark.line + 1
        for step in way:
            if isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    if key.value == step:
                        node, line = value, key.start_mark.line + 1
                        break
                else:
                    break
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                if step >= len(node.value):
                    break
                node = node.value[step]
                line = node.start_mark.line + 1
            # Other steps are pydantic's own (which member of a union): they are no place.
        return node, line
