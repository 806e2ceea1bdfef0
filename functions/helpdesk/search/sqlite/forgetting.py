"""After an erasure: the words of documents that are gone leave the indexes, the vocabulary and the file's free pages.

FTS5 only marks a removed document's words until its parts are merged; its own `secure-delete` needs SQLite 3.42.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

_MERGE = "INSERT INTO {0} ({0}) VALUES ('optimize')"
_UNUSED = (
    "SELECT key, term FROM term WHERE term NOT IN (SELECT term FROM vocabulary UNION SELECT term FROM name_vocabulary)"
)


def forget_words(connection: Connection) -> None:
    """Merge, drop terms that no document has, and write the file anew; seconds for a hundred thousand tickets."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for index in ("words", "names"):
            connection.execute(_MERGE.format(index))
        unused = connection.execute(_UNUSED).fetchall()
        connection.executemany("INSERT INTO part (part, rowid, term) VALUES ('delete', ?, ?)", unused)
        connection.executemany("DELETE FROM term WHERE key = ?", [(key,) for key, _ in unused])
        connection.execute(_MERGE.format("part"))
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
