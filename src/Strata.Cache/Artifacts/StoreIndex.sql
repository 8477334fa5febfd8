-- name: schema
CREATE TABLE artifact (
    digest  TEXT PRIMARY KEY,
    entries INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    used    INTEGER NOT NULL    -- ticks; the time of the manifest
) WITHOUT ROWID;
CREATE TABLE key (
    key      TEXT PRIMARY KEY,
    artifact TEXT NOT NULL,
    name     TEXT NOT NULL,
    written  INTEGER NOT NULL   -- ticks; the time of the key's file
) WITHOUT ROWID;
CREATE INDEX key_artifact ON key (artifact, name);

-- name: artifact-times
SELECT digest, used FROM artifact;

-- name: key-times
SELECT key, written FROM key;

-- name: put-artifact
INSERT OR REPLACE INTO artifact (digest, entries, bytes, used) VALUES ($1, $2, $3, $4);

-- name: put-key
INSERT OR REPLACE INTO key (key, artifact, name, written) VALUES ($1, $2, $3, $4);

-- name: drop-artifact
DELETE FROM artifact WHERE digest = $1;

-- name: drop-key
DELETE FROM key WHERE key = $1;

-- name: artifacts
SELECT digest, entries, bytes, used FROM artifact ORDER BY digest;

-- name: names
SELECT DISTINCT artifact, name FROM key ORDER BY artifact, name;

-- name: statistics
SELECT count(*), coalesce(sum(entries), 0), coalesce(sum(bytes), 0), (SELECT count(*) FROM key) FROM artifact;
