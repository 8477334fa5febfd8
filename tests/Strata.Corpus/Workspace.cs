using System.Text;
using System.Text.Json.Nodes;
using Strata.Core;

namespace Strata.Corpus;

/// <summary>A case written to disk, beside a copy of the base layer that every case uses; removed when disposed.</summary>
public sealed class Workspace : IDisposable
{
    private readonly string _root;

    public Workspace(string baseLayer)
    {
        _root = Directory.CreateTempSubdirectory("stratacorpus").FullName;
        foreach (var file in Directory.EnumerateFiles(baseLayer, "*", SearchOption.AllDirectories))
            Write(Path.Combine(BaseDirectory, Path.GetRelativePath(baseLayer, file)), File.ReadAllBytes(file));
    }

    /// <summary>Where cases look for the base layer: <c>${TOPDIR}/../../_base</c>.</summary>
    private string BaseDirectory => Path.Combine(_root, "_base");

    /// <summary>Writes the files of a case into a directory of its own and returns that.</summary>
    public string Write(ProjectCase project)
    {
        var top = Path.Combine(_root, "cases", project.Name);
        _ = Directory.CreateDirectory(top);
        WriteFiles(top, project.Files);
        return top;
    }

    /// <summary>Texts, base64 objects for other bytes, null for what is not to be there (a name that ends in "/": for an empty directory).</summary>
    public static void WriteFiles(string top, JsonObject files)
    {
        foreach (var (path, content) in files)
        {
            var target = Path.Combine(top, path);
            if (content is JsonObject encoded) Write(target, Convert.FromBase64String((string)encoded["base64"]!));
            else if (content is not null) Write(target, Encoding.UTF8.GetBytes((string)content!));
            else if (path.EndsWith('/')) _ = Directory.CreateDirectory(target);
            else if (File.Exists(target)) File.Delete(target);
        }
    }

    /// <summary>What a task of a case has locked against writing is removed all the same.</summary>
    public static void Delete(string top) => FileTree.Delete(top);

    /// <summary>Replaces the workspace's paths as the recorded answers have them.</summary>
    public string Anonymous(string text, string top) =>
        text.Replace(top + "/../../_base", "@BASE@", StringComparison.Ordinal).Replace(BaseDirectory, "@BASE@", StringComparison.Ordinal).Replace(top, "@CASE@", StringComparison.Ordinal);

    public void Dispose() => Delete(_root);

    private static void Write(string path, byte[] content)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
