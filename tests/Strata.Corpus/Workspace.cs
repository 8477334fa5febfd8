using System.Text.Json.Nodes;

namespace Strata.Corpus;

/// <summary>A case written to disk, beside a copy of the base layer that every case uses; removed when disposed.</summary>
public sealed class Workspace : IDisposable
{
    private readonly string _root;

    public Workspace(string baseLayer)
    {
        _root = Directory.CreateTempSubdirectory("strata-corpus-").FullName;
        foreach (var file in Directory.EnumerateFiles(baseLayer, "*", SearchOption.AllDirectories))
            Write(Path.Combine(BaseDirectory, Path.GetRelativePath(baseLayer, file)), File.ReadAllBytes(file));
    }

    /// <summary>Where cases look for the base layer: <c>${TOPDIR}/../../_base</c>.</summary>
    private string BaseDirectory => Path.Combine(_root, "_base");

    /// <summary>Writes the files of a case into a directory of its own and returns that.</summary>
    public string Write(ParseCase parseCase)
    {
        var top = Path.Combine(_root, "cases", parseCase.Name);
        _ = Directory.CreateDirectory(top);
        foreach (var (path, content) in parseCase.Files)
        {
            var target = Path.Combine(top, path);
            if (content is null) _ = Directory.CreateDirectory(target);
            else Write(target, content is JsonObject encoded ? Convert.FromBase64String((string)encoded["base64"]!) : System.Text.Encoding.UTF8.GetBytes((string)content!));
        }
        return top;
    }

    /// <summary>Replaces the workspace's paths as the recorded answers have them.</summary>
    public string Anonymous(string text, string top) =>
        text.Replace(top + "/../../_base", "@BASE@", StringComparison.Ordinal).Replace(BaseDirectory, "@BASE@", StringComparison.Ordinal).Replace(top, "@CASE@", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void Write(string path, byte[] content)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
