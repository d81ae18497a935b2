"""Holds SQL against PostgreSQL's own grammar. usage: sql_check.py FILE..."""

import pathlib
import sys

import pglast

count = 0
for name in sys.argv[1:]:
    statements, in_rows = [], False
    # psql reads the rows that follow a COPY itself; the grammar knows nothing of them.
    for line in pathlib.Path(name).read_text(encoding="utf-8").split("\n"):
        if in_rows:
            in_rows = line != "\\."
        else:
            statements.append(line)
            in_rows = line.startswith("COPY ") and line.endswith(" FROM stdin;")
    if in_rows:
        sys.exit(f"{name}: the rows do not end")
    count += len(pglast.parse_sql("\n".join(statements)))
print(f"{count} statements parsed")
