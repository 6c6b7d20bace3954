"""What PostgreSQL holds beside the rows, as sorted lines: two databases with the same lines behave alike.

The order of a table's columns is left out: it differs with the way by which the table came to be. Lists of texts are
written as they are after a dump and a restore, which cast each member instead of the whole.
"""

import re

TEXTS = re.compile(r"\(ARRAY\[((?:'[^']*'::character varying(?:, )?)+)\]\)::text\[\]")

COLUMNS = """
SELECT format('column %s.%s %s%s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN ' not null' END, ' default ' || pg_get_expr(d.adbin, d.adrelid),
    ' identity ' || nullif(a.attidentity::text, ''), ' collate ' || nullif(a.attcollation, t.typcollation)::regcollation)
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'v', 'm')
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
"""
CONSTRAINTS = """
SELECT format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid <> 0
"""
INDEXES = "SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'"
TRIGGERS = """
SELECT format('trigger %s %s %s', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger'))
FROM pg_trigger t WHERE NOT t.tgisinternal
"""
FUNCTIONS = """
SELECT 'function ' || pg_get_functiondef(p.oid) FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
    AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e')
"""


def catalogue(cursor):
    """The sorted lines of the database that the cursor is connected to."""
    lines = []
    cursor.execute("SET search_path TO public")
    for query in (COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS, FUNCTIONS):
        cursor.execute(query)
        lines += [TEXTS.sub(with_single_casts, line) for (line,) in cursor.fetchall()]
    return sorted(lines)


def with_single_casts(found):
    return "ARRAY[" + re.sub(r"('[^']*'::character varying)", r"(\1)::text", found[1]) + "]"
