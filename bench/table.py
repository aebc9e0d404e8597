"""Tables in Markdown."""


def table(rows: list[dict[str, object]]) -> str:
    """Lay rows of equal keys out as a Markdown table."""
    head = list(rows[0])
    lines = [
        head,
        ["---"] * len(head),
        *[["–" if value is None else str(value) for value in row.values()] for row in rows],
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
