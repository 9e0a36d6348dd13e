"""Counts starts and completions per droid with a data engine: group-by.py duckdb|polars FILE.

The engine is told that it needs two of the columns, which is the fastest way it has, and prints what scan-lines prints.
"""
import sys

STARTED, COMPLETED = "task.execution.started", "task.execution.completed"


def duckdb(path):
    import duckdb

    return duckdb.execute(
        f"""SELECT droid_id, count(*) FILTER (event_type = '{STARTED}'), count(*) FILTER (event_type = '{COMPLETED}')
        FROM read_json(?, format = 'newline_delimited', columns = {{event_type: 'VARCHAR', droid_id: 'VARCHAR'}})
        GROUP BY ALL ORDER BY ALL""",
        [path],
    ).fetchall()


def polars(path):
    import polars

    kind = polars.col("event_type")
    lines = polars.scan_ndjson(path, schema={"event_type": polars.String, "droid_id": polars.String})
    counts = lines.group_by("droid_id").agg((kind == STARTED).sum().alias("started"), (kind == COMPLETED).sum().alias("completed"))
    return counts.sort("droid_id").collect(engine="streaming").iter_rows()


for row in {"duckdb": duckdb, "polars": polars}[sys.argv[1]](sys.argv[2]):
    print(*row, sep="\t")
