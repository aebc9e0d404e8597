"""A file → a table of text cells, as people see them; what is not of the table is set aside visibly.

Read `table` first; `border` for what is let in; `texts`, `records` for text; `packages`, `workbooks`,
`child` for spreadsheets; `cells` for one cell; `layout` for where the table stands; `asides` for the rest.
"""

from impact.catalog.files.asides import SetAside
from impact.catalog.files.border import LIMITS, Limits
from impact.catalog.files.source import Kind, Source
from impact.catalog.files.table import Line, Table, open_table, table_of_text

__all__ = ["LIMITS", "Kind", "Limits", "Line", "SetAside", "Source", "Table", "open_table", "table_of_text"]
