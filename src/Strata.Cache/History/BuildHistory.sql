-- name: schema
CREATE TABLE build (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    started     INTEGER NOT NULL,   -- ticks, UTC; for display
    targets     TEXT NOT NULL,      -- one on each line
    ran         INTEGER NOT NULL,
    restored    INTEGER NOT NULL,
    up_to_date  INTEGER NOT NULL,
    failed      INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    duration    INTEGER NOT NULL,   -- ticks
    ended       INTEGER NOT NULL    -- 0: it was killed, or still runs
);
CREATE TABLE task (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
-- (name, value) of a key field, once however many keys share it.
CREATE TABLE field (
    id    INTEGER PRIMARY KEY,
    hash  BLOB NOT NULL UNIQUE,
    name  TEXT NOT NULL,
    value BLOB NOT NULL             -- see PackedText
);
CREATE TABLE key (
    id     INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    fields BLOB NOT NULL            -- see PackedNumbers
);
CREATE TABLE run (
    task     INTEGER NOT NULL,
    build    INTEGER NOT NULL,
    key      INTEGER NOT NULL,
    outcome  TEXT NOT NULL,
    duration INTEGER NOT NULL,      -- ticks
    artifact BLOB,
    started  INTEGER NOT NULL,      -- ticks since the build began
    cpu      INTEGER NOT NULL,      -- ticks
    memory   INTEGER NOT NULL,      -- bytes, of the largest process
    source   TEXT,                  -- of a restored artifact
    PRIMARY KEY (task, build)
) WITHOUT ROWID;
CREATE INDEX run_key ON run (key);

-- name: add-build
INSERT INTO build (started, targets, ran, restored, up_to_date, failed, skipped, duration, ended) VALUES ($1, $2, 0, 0, 0, 0, 0, 0, 0);

-- name: end-build
UPDATE build SET ran = $2, restored = $3, up_to_date = $4, failed = $5, skipped = $6, duration = $7, ended = 1 WHERE id = $1;

-- name: find-task
SELECT id FROM task WHERE name = $1;

-- name: add-task
INSERT INTO task (name) VALUES ($1);

-- name: find-field
SELECT id FROM field WHERE hash = $1;

-- name: add-field
INSERT INTO field (hash, name, value) VALUES ($1, $2, $3);

-- name: find-key
SELECT id FROM key WHERE digest = $1;

-- name: add-key
INSERT INTO key (digest, fields) VALUES ($1, $2);

-- name: add-run
INSERT OR REPLACE INTO run (task, build, key, outcome, duration, artifact, started, cpu, memory, source)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: fields-of-key
SELECT fields FROM key WHERE digest = $1;

-- name: field
SELECT name, value FROM field WHERE id = $1;

-- name: last-key
SELECT key.digest FROM run JOIN key ON key.id = run.key
WHERE run.task = (SELECT id FROM task WHERE name = $1) ORDER BY run.build DESC LIMIT 1;

-- name: last-runs
-- SQLite takes the other columns of a group from the row that has the maximum.
SELECT task.name, max(run.build), key.digest, run.outcome, run.duration, run.artifact, run.started, run.cpu, run.memory, run.source
FROM run JOIN task ON task.id = run.task JOIN key ON key.id = run.key
WHERE run.build < $1 GROUP BY run.task;

-- name: runs
SELECT task.name, run.build, key.digest, run.outcome, run.duration, run.artifact, run.started, run.cpu, run.memory, run.source
FROM run JOIN task ON task.id = run.task JOIN key ON key.id = run.key
WHERE task.name = $1 ORDER BY run.build DESC LIMIT $2;

-- name: runs-of-build
SELECT task.name, run.build, key.digest, run.outcome, run.duration, run.artifact, run.started, run.cpu, run.memory, run.source
FROM run JOIN task ON task.id = run.task JOIN key ON key.id = run.key
WHERE run.build = $1 ORDER BY run.started, task.name;

-- name: latest-of-all
SELECT name, duration, memory FROM (
    SELECT task.name, run.duration, run.memory, row_number() OVER (PARTITION BY run.task ORDER BY run.build DESC) AS age
    FROM run JOIN task ON task.id = run.task WHERE run.outcome = $1)
WHERE age <= $2;

-- name: builds
SELECT id, started, targets, ran, restored, up_to_date, failed, skipped, duration, ended FROM build ORDER BY id DESC LIMIT $1;

-- name: forget-runs
DELETE FROM run WHERE (task, build) IN (
    SELECT task, build FROM (SELECT task, build, row_number() OVER (PARTITION BY task ORDER BY build DESC) AS age FROM run)
    WHERE age > $1);

-- name: forget-builds
DELETE FROM build WHERE id <= (SELECT max(id) FROM build) - $1 AND id NOT IN (SELECT build FROM run);

-- name: forget-keys
DELETE FROM key WHERE id NOT IN (SELECT key FROM run);

-- name: fields-of-keys
SELECT fields FROM key;

-- name: field-ids
SELECT id FROM field;

-- name: forget-field
DELETE FROM field WHERE id = $1;
