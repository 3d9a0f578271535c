-- Events that hold. The table that is searched is narrow: 100,000 rows of it are read in some milliseconds.
CREATE TABLE IF NOT EXISTS events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL UNIQUE,
  article_id TEXT NOT NULL,
  type TEXT NOT NULL,
  factuality TEXT NOT NULL,
  starts REAL,
  ends REAL,
  announced REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS events_by_article ON events (article_id);
CREATE INDEX IF NOT EXISTS events_by_announced ON events (announced);

-- The CloudEvents as they were published, apart because they are large.
CREATE TABLE IF NOT EXISTS bodies (
  seq INTEGER PRIMARY KEY REFERENCES events ON DELETE CASCADE,
  body TEXT NOT NULL
);

-- Words of the participants' names; number tells the participants of an event apart.
CREATE TABLE IF NOT EXISTS words (
  word TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  number INTEGER NOT NULL,
  PRIMARY KEY (word, seq, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS words_by_event ON words (seq);

CREATE TABLE IF NOT EXISTS countries (
  country TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  PRIMARY KEY (country, seq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS countries_by_event ON countries (seq);

-- How far the stream was read, in the same transaction as what was read.
CREATE TABLE IF NOT EXISTS progress (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  position TEXT NOT NULL
);
