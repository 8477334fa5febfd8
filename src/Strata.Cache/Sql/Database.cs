using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Strata.Cache;

/// <summary>A SQLite file whose content can be made again: one with another layout, or a damaged one, is replaced by an empty one.</summary>
internal sealed class Database : IDisposable
{
    private const int NotADatabase = 26;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int BusySeconds = 10;

    private readonly SqliteConnection _connection;
    private readonly SqlScript _script;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    private Database(SqliteConnection connection, SqlScript script) => (_connection, _script) = (connection, script);

    /// <param name="version">Of the layout that the script's statement <c>schema</c> makes.</param>
    /// <exception cref="SqliteException">The file cannot be read or written.</exception>
    public static Database Open(string file, SqlScript script, int version)
    {
        SQLitePCL.Batteries_V2.Init();
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            if (TryOpen(file, script, version) is { } current) return current;
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            // Replaced below.
        }
        Delete(file);
        return TryOpen(file, script, version) ?? throw new InvalidOperationException($"{file} came back after it was deleted");
    }

    public static bool IsFullDisk(SqliteException e) => e.SqliteErrorCode is Full;

    public static bool IsDamage(SqliteException e) => e.SqliteErrorCode is Corrupt or NotADatabase;

    public static void Delete(string file)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm"]) File.Delete(file + suffix);
    }

    /// <summary>All of the work or nothing of it. Waits for other writers from the start, so that no upgrade can fail half-way.</summary>
    public void InTransaction(Action work)
    {
        Run(_connection, "BEGIN IMMEDIATE;");
        try
        {
            work();
            Run(_connection, "COMMIT;");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public int Execute(string statement, params ReadOnlySpan<object?> values) => Command(statement, values).ExecuteNonQuery();

    public object? Scalar(string statement, params ReadOnlySpan<object?> values) => Command(statement, values).ExecuteScalar();

    public long LastInsertedId() => SQLitePCL.raw.sqlite3_last_insert_rowid(_connection.Handle);

    public List<T> Query<T>(string statement, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Command(statement, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _connection.Dispose();
    }

    /// <summary>Null when the file has another layout.</summary>
    private static Database? TryOpen(string file, SqlScript script, int version)
    {
        // Pooling would keep the file open, and locked, after it was disposed.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = BusySeconds }.ToString());
        try
        {
            connection.Open();
            Run(connection, $"PRAGMA journal_mode = {JournalMode(file)}; PRAGMA synchronous = NORMAL;");
            var database = new Database(connection, script);
            if (database.Layout() == 0) database.InTransaction(() => database.MakeLayout(version));
            if (database.Layout() == version) return database;

            connection.Dispose();
            return null;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A write-ahead log needs memory that all its users share, which machines on a file server do not have.</summary>
    private static string JournalMode(string file) =>
        new DriveInfo(Path.GetDirectoryName(file)!).DriveType is DriveType.Network ? "TRUNCATE" : "WAL";

    private long Layout() => (long)Run(_connection, "PRAGMA user_version;")!;

    /// <summary>Asks again, inside the transaction: another process may have been faster.</summary>
    private void MakeLayout(int version)
    {
        if (Layout() == 0) Run(_connection, $"{_script["schema"]} PRAGMA user_version = {version};");
    }

    private void RollBack()
    {
        try
        {
            Run(_connection, "ROLLBACK;");
        }
        catch (SqliteException)
        {
            // A full disk has rolled it back already; what broke the work is the better message.
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "statements come from resources")]
    private static object? Run(SqliteConnection connection, string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        return command.ExecuteScalar();
    }

    /// <summary>Prepared once for each name; parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "statements come from resources")]
    private SqliteCommand Command(string statement, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(statement, out var command))
        {
            _commands[statement] = command = _connection.CreateCommand();
            command.CommandText = _script[statement];
            for (var i = 1; i <= values.Length; i++) command.Parameters.Add(new() { ParameterName = $"${i}" });
        }
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
