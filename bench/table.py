"""Tables in Markdown."""


def table(rows: list[dict[str, object]]) -> str:
    """Lay rows out as a Markdown table of all the columns that any of them has."""
    head = list(dict.fromkeys(name for row in rows for name in row))
    lines = [head, ["---"] * len(head), *([_cell(row.get(name)) for name in head] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    return "–" if value is None else str(value)
