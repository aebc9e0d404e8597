"""A file → a table of text cells, as people see them; what is not of the table is set aside visibly.

Read `table` first; `border` for what is let in; `texts` and `records` for text; `packages`, `workbooks`,
`child`, `marks` and `shown` for spreadsheets; `layout` for where the table stands; `rows` and `cells` for its
lines; `asides` for what is not of it.
"""

from impact.catalog.files.asides import SetAside
from impact.catalog.files.limits import LIMITS, Limits
from impact.catalog.files.source import Kind, Source
from impact.catalog.files.table import Line, Table, open_table, table_of_text

__all__ = ["LIMITS", "Kind", "Limits", "Line", "SetAside", "Source", "Table", "open_table", "table_of_text"]
