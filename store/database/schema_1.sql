-- Version 1 of the schema: the tables of an argmap database. Do not edit it: files of this
-- version exist, and a change made here never reaches them. Add a migration instead, as in
-- schema_2.sql. Every statement can run again without harm.
-- `pk` is used only inside the file; everything else uses `id`. `batch` is the import that
-- added a row, and `shorthand` marks a row that a statement's shorthand made.
-- `batch` has no index: only the undo of an import needs it, and scanning all rows once costs
-- less than a million index entries during the import.
-- CHECKs compare words with OR, because for IN SQLite builds an index for each row.

CREATE TABLE IF NOT EXISTS operation (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind = 'edit' OR kind = 'import'),
    state TEXT NOT NULL CHECK (state = 'done' OR state = 'undone' OR state = 'unfinished'),
    -- The newest operation there was when this one was undone: a newer one ends its redo.
    undone_after INTEGER CHECK ((undone_after IS NOT NULL) = (state = 'undone'))
) STRICT;
CREATE INDEX IF NOT EXISTS operation_undone_after ON operation (undone_after)
    WHERE undone_after IS NOT NULL;

-- The digest of an unfinished import, by which it is recognised and resumed.
CREATE TABLE IF NOT EXISTS import_run (
    operation INTEGER PRIMARY KEY REFERENCES operation (seq),
    digest TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS import_run_digest ON import_run (digest);

CREATE TABLE IF NOT EXISTS change (
    operation INTEGER NOT NULL REFERENCES operation (seq),
    position INTEGER NOT NULL,
    type TEXT NOT NULL CHECK (type = 'document' OR type = 'source' OR type = 'statement'
        OR type = 'inference' OR type = 'attribution' OR type = 'rating'
        OR type = 'reliability' OR type = 'credibility' OR type = 'rubric'),
    id TEXT NOT NULL,
    before TEXT CHECK (json_valid(before)),
    after TEXT CHECK (json_valid(after)),
    PRIMARY KEY (operation, position),
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS change_id ON change (id);

CREATE TABLE IF NOT EXISTS operation_document (
    operation INTEGER NOT NULL REFERENCES operation (seq),
    document TEXT NOT NULL,
    PRIMARY KEY (document, operation)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS operation_document_operation ON operation_document (operation);

CREATE TABLE IF NOT EXISTS document (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    title TEXT NOT NULL,
    author TEXT,
    publisher TEXT,
    published TEXT,
    url TEXT,
    language TEXT,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    text TEXT NOT NULL CHECK (text <> ''),
    batch INTEGER REFERENCES operation (seq)
) STRICT;
CREATE INDEX IF NOT EXISTS document_sha256 ON document (sha256);

CREATE TABLE IF NOT EXISTS source (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind = 'person' OR kind = 'organisation' OR kind = 'document'
        OR kind = 'outlet' OR kind = 'unnamed' OR kind = 'vague'),
    url TEXT,
    description TEXT,
    interest TEXT,
    batch INTEGER REFERENCES operation (seq)
) STRICT;

CREATE TABLE IF NOT EXISTS source_link (
    source TEXT NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    relation TEXT NOT NULL CHECK (relation = 'derives_from' OR relation = 'same_origin'),
    other TEXT NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (source, relation, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS source_link_other ON source_link (other);

CREATE TABLE IF NOT EXISTS statement (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind = 'claim' OR kind = 'evidence' OR kind = 'assumption'),
    label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 200),
    text TEXT NOT NULL CHECK (text <> ''),
    nature TEXT CHECK (nature = 'factual' OR nature = 'causal' OR nature = 'prediction'
        OR nature = 'value' OR nature = 'definition' OR nature = 'policy'),
    main INTEGER NOT NULL DEFAULT 0 CHECK (main IN (0, 1)),
    main_item TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    stated INTEGER CHECK (stated IN (0, 1)),
    note TEXT,
    tags TEXT NOT NULL DEFAULT '[]' CHECK (tags = '[]' OR json_valid(tags)),
    batch INTEGER REFERENCES operation (seq),
    UNIQUE (document, label),
    CHECK (kind = 'claim' OR (nature IS NULL AND main = 0 AND main_item IS NULL)),
    CHECK ((kind = 'assumption') = (stated IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS statement_main ON statement (document) WHERE main = 1;
CREATE INDEX IF NOT EXISTS statement_main_item ON statement (main_item)
    WHERE main_item IS NOT NULL;

CREATE TABLE IF NOT EXISTS passage (
    statement TEXT NOT NULL REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (statement, position),
    CHECK ("end" > start),
    CHECK (length(words) = "end" - start)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS inference (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 200),
    stance TEXT NOT NULL CHECK (stance = 'supports' OR stance = 'opposes'),
    conclusion_statement TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    conclusion_inference TEXT REFERENCES inference (id) DEFERRABLE INITIALLY DEFERRED,
    scheme TEXT,
    note TEXT,
    shorthand INTEGER NOT NULL DEFAULT 0 CHECK (shorthand IN (0, 1)),
    batch INTEGER REFERENCES operation (seq),
    UNIQUE (document, label),
    CHECK ((conclusion_statement IS NULL) <> (conclusion_inference IS NULL)),
    CHECK (conclusion_inference <> id)
) STRICT;
CREATE INDEX IF NOT EXISTS inference_conclusion_statement ON inference (conclusion_statement);
CREATE INDEX IF NOT EXISTS inference_conclusion_inference ON inference (conclusion_inference)
    WHERE conclusion_inference IS NOT NULL;

CREATE TABLE IF NOT EXISTS premise (
    inference TEXT NOT NULL REFERENCES inference (id) DEFERRABLE INITIALLY DEFERRED,
    statement TEXT NOT NULL REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (inference, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS premise_statement ON premise (statement);

CREATE TABLE IF NOT EXISTS attribution (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    statement TEXT NOT NULL REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    class TEXT NOT NULL CHECK (class = 'firsthand_author' OR class = 'named_person'
        OR class = 'named_organisation' OR class = 'named_document'
        OR class = 'partial_document' OR class = 'described_anonymous'
        OR class = 'unnamed_role' OR class = 'vague_report' OR class = 'evidential_hedge'
        OR class = 'author_assertion' OR class = 'common_knowledge'),
    cue TEXT,
    cue_start INTEGER CHECK (cue_start >= 0),
    access TEXT CHECK (access = 'took_part' OR access = 'measured' OR access = 'inspected'
        OR access = 'investigated' OR access = 'judged' OR access = 'told' OR access = 'unknown'),
    text_certainty TEXT CHECK (text_certainty = 'certain' OR text_certainty = 'probable'
        OR text_certainty = 'possible'),
    source_certainty TEXT CHECK (source_certainty = 'certain'
        OR source_certainty = 'probable' OR source_certainty = 'possible'),
    locator TEXT,
    accessed TEXT,
    note TEXT,
    shorthand INTEGER NOT NULL DEFAULT 0 CHECK (shorthand IN (0, 1)),
    batch INTEGER REFERENCES operation (seq)
) STRICT;
CREATE INDEX IF NOT EXISTS attribution_statement ON attribution (statement);

CREATE TABLE IF NOT EXISTS attribution_source (
    attribution TEXT NOT NULL REFERENCES attribution (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    source TEXT NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (attribution, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS attribution_source_source ON attribution_source (source);

CREATE TABLE IF NOT EXISTS rubric (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    content TEXT NOT NULL CHECK (json_valid(content)),
    batch INTEGER REFERENCES operation (seq),
    UNIQUE (id, version)
) STRICT;

CREATE TABLE IF NOT EXISTS rating (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    statement TEXT REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    source TEXT REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    document TEXT REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
    rubric TEXT NOT NULL,
    version TEXT NOT NULL,
    criterion TEXT NOT NULL,
    assessor TEXT NOT NULL,
    level INTEGER CHECK (level BETWEEN 0 AND 6),
    state TEXT CHECK (state = 'not_rated' OR state = 'cannot_judge' OR state = 'not_applicable'),
    because TEXT,
    at TEXT,
    shorthand INTEGER NOT NULL DEFAULT 0 CHECK (shorthand IN (0, 1)),
    batch INTEGER REFERENCES operation (seq),
    FOREIGN KEY (rubric, version) REFERENCES rubric (id, version)
        DEFERRABLE INITIALLY DEFERRED,
    CHECK ((statement IS NOT NULL) + (source IS NOT NULL) + (document IS NOT NULL) = 1),
    CHECK ((level IS NULL) <> (state IS NULL))
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS rating_statement
    ON rating (statement, rubric, version, criterion, assessor) WHERE statement IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS rating_source
    ON rating (source, rubric, version, criterion, assessor) WHERE source IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS rating_document
    ON rating (document, rubric, version, criterion, assessor) WHERE document IS NOT NULL;
CREATE INDEX IF NOT EXISTS rating_rubric ON rating (rubric, version);

CREATE TABLE IF NOT EXISTS reliability (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    source TEXT NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
    assessor TEXT NOT NULL,
    letter TEXT CHECK (letter = 'A' OR letter = 'B' OR letter = 'C' OR letter = 'D'
        OR letter = 'E' OR letter = 'F'),
    topic TEXT,
    checked INTEGER CHECK (checked >= 0),
    valid INTEGER CHECK (valid >= 0),
    because TEXT,
    at TEXT,
    batch INTEGER REFERENCES operation (seq)
) STRICT;
CREATE INDEX IF NOT EXISTS reliability_source ON reliability (source);

CREATE TABLE IF NOT EXISTS credibility (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    statement TEXT NOT NULL REFERENCES statement (id) DEFERRABLE INITIALLY DEFERRED,
    assessor TEXT NOT NULL,
    number INTEGER CHECK (number BETWEEN 1 AND 6),
    logical TEXT CHECK (logical = 'yes' OR logical = 'partly' OR logical = 'no'
        OR logical = 'unknown'),
    consistency TEXT CHECK (consistency = 'consistent' OR consistency = 'partly'
        OR consistency = 'none' OR consistency = 'contradicted' OR consistency = 'unknown'),
    conflict INTEGER CHECK (conflict IN (0, 1)),
    because TEXT,
    at TEXT,
    batch INTEGER REFERENCES operation (seq)
) STRICT;
CREATE INDEX IF NOT EXISTS credibility_statement ON credibility (statement);

-- Full text. New rows are indexed by set in the transaction that adds them. Datasette and
-- sqlite-utils find the index by `content="…"`, in exactly this spelling.
CREATE VIRTUAL TABLE IF NOT EXISTS statement_fts USING fts5 (
    text, note, content="statement", content_rowid = 'pk',
    tokenize = 'unicode61 remove_diacritics 2'
);
-- With more segments before a merge, indexing a million records takes a quarter less time.
INSERT INTO statement_fts (statement_fts, rank) VALUES ('automerge', 16);
CREATE TRIGGER IF NOT EXISTS statement_fts_update AFTER UPDATE OF text, note ON statement BEGIN
    INSERT INTO statement_fts (statement_fts, rowid, text, note)
        VALUES ('delete', old.pk, old.text, old.note);
    INSERT INTO statement_fts (rowid, text, note) VALUES (new.pk, new.text, new.note);
END;
CREATE TRIGGER IF NOT EXISTS statement_fts_delete AFTER DELETE ON statement BEGIN
    INSERT INTO statement_fts (statement_fts, rowid, text, note)
        VALUES ('delete', old.pk, old.text, old.note);
END;
CREATE VIRTUAL TABLE IF NOT EXISTS document_fts USING fts5 (
    title, text, content="document", content_rowid = 'pk',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER IF NOT EXISTS document_fts_update AFTER UPDATE OF title, text ON document BEGIN
    INSERT INTO document_fts (document_fts, rowid, title, text)
        VALUES ('delete', old.pk, old.title, old.text);
    INSERT INTO document_fts (rowid, title, text) VALUES (new.pk, new.title, new.text);
END;
CREATE TRIGGER IF NOT EXISTS document_fts_delete AFTER DELETE ON document BEGIN
    INSERT INTO document_fts (document_fts, rowid, title, text)
        VALUES ('delete', old.pk, old.title, old.text);
END;

-- Views for people who query the database in SQL.
CREATE VIEW IF NOT EXISTS entity AS
    SELECT id, 'document' AS type, id AS document FROM document
    UNION ALL SELECT id, 'source', NULL FROM source
    UNION ALL SELECT id, 'statement', document FROM statement
    UNION ALL SELECT id, 'inference', document FROM inference
    UNION ALL SELECT id, 'attribution', NULL FROM attribution
    UNION ALL SELECT id, 'rating', NULL FROM rating
    UNION ALL SELECT id, 'reliability', NULL FROM reliability
    UNION ALL SELECT id, 'credibility', NULL FROM credibility;

CREATE VIEW IF NOT EXISTS claims AS
    SELECT s.id, s.document, d.title AS document_title, s.label, s.text, s.nature, s.main,
        (SELECT group_concat(p.words, ' … ') FROM passage AS p WHERE p.statement = s.id) AS quote,
        (SELECT count(*) FROM inference AS i
            WHERE i.conclusion_statement = s.id AND i.stance = 'supports') AS supported_by,
        (SELECT count(*) FROM inference AS i
            WHERE i.conclusion_statement = s.id AND i.stance = 'opposes') AS opposed_by
    FROM statement AS s JOIN document AS d ON d.id = s.document
    WHERE s.kind = 'claim';

CREATE VIEW IF NOT EXISTS evidence AS
    SELECT s.id, s.document, s.label, s.text, i.stance, c.label AS conclusion_label,
        coalesce(i.conclusion_statement, i.conclusion_inference) AS conclusion, i.id AS inference,
        (SELECT group_concat(a.class, ', ') FROM attribution AS a
            WHERE a.statement = s.id) AS classes,
        (SELECT group_concat(o.name, ', ') FROM attribution AS a
            JOIN attribution_source AS l ON l.attribution = a.id
            JOIN source AS o ON o.id = l.source WHERE a.statement = s.id) AS sources
    FROM statement AS s
    LEFT JOIN premise AS p ON p.statement = s.id
    LEFT JOIN inference AS i ON i.id = p.inference
    LEFT JOIN statement AS c ON c.id = i.conclusion_statement
    WHERE s.kind = 'evidence';

CREATE VIEW IF NOT EXISTS grades_input AS
    SELECT s.document, s.id AS statement, s.label, s.nature, r.assessor, r.rubric, r.version,
        r.criterion, r.level, r.state, r.because, r.at
    FROM rating AS r JOIN statement AS s ON s.id = r.statement;
