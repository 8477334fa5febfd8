-- name: schema
CREATE TABLE file (
    id       INTEGER PRIMARY KEY,
    path     TEXT NOT NULL UNIQUE,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,      -- ticks, UTC
    digest   TEXT NOT NULL
);
CREATE TABLE document (
    id   INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX document_file ON document (file);
CREATE TABLE name (
    name     TEXT NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (name, document)
) WITHOUT ROWID;
CREATE INDEX name_document ON name (document);

-- name: files
SELECT id, path, size, modified, digest FROM file;

-- name: add-file
INSERT INTO file (path, size, modified, digest) VALUES ($1, $2, $3, $4);

-- name: touch-file
UPDATE file SET size = $2, modified = $3 WHERE id = $1;

-- name: remove-names
DELETE FROM name WHERE document IN (SELECT id FROM document WHERE file = $1);

-- name: remove-documents
DELETE FROM document WHERE file = $1;

-- name: remove-file
DELETE FROM file WHERE id = $1;

-- name: add-document
INSERT INTO document (file, text) VALUES ($1, $2);

-- name: add-name
INSERT OR IGNORE INTO name (name, document) VALUES ($1, $2);

-- name: find
SELECT text FROM document WHERE id IN (SELECT document FROM name WHERE name = $1) ORDER BY text;
