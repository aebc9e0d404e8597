"""Reading a cell in a line, for tables of text and meaning."""

from impact.catalog.cells import read_cell, settle
from impact.catalog.columns import BY_NAME


def value(name, text, unit=""):
    return read_cell(BY_NAME[name], text, unit).value


def codes(name, text, unit=""):
    """The codes of everything said of a cell: what was done, what is wrong, what is doubtful."""
    cell = read_cell(BY_NAME[name], text, unit)
    return {step.code for step in cell.steps} | {issue.code for issue in cell.issues}


def refusal(name, text, unit=""):
    cell = read_cell(BY_NAME[name], text, unit)
    return cell.refused and cell.refused.code


def settled(cells):
    """Settle the cells of one row."""
    return {name: cell for name, (cell,) in settle({name: [cell] for name, cell in cells.items()}).items()}
