using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>The crates of a Cargo.lock that come from somewhere else than the source itself.</summary>
public static class CargoLock
{
    private const int MaxSize = 16 << 20;

    /// <summary>Empty when there is no such file.</summary>
    public static ImmutableArray<LinkedCode> Read(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 and <= MaxSize, LinkTarget: null }) return [];
        var crates = ImmutableArray.CreateBuilder<LinkedCode>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path).Append("["))
            if (line.StartsWith('['))
            {
                if (values.ContainsKey("source") && values.TryGetValue("name", out var name))
                    crates.Add(new() { Kind = LinkKind.Rust, Name = name, Version = values.GetValueOrDefault("version", ""), Sum = values.GetValueOrDefault("checksum") });
                values.Clear();
            }
            else if (line.Split(" = ", 2) is [var key, ['"', .., '"'] quoted]) values[key] = quoted[1..^1];
        return crates.ToImmutable();
    }
}
