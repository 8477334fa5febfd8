using System.Text;

namespace Strata.Cli.Products;

/// <summary>The commits of a product's repositories in the form of a product file.</summary>
internal static class LockFile
{
    private const int Version = 14;

    /// <param name="file">Its extension decides between YAML and JSON.</param>
    public static string Text(string file, IEnumerable<ResolvedRepository> repositories)
    {
        var pins = repositories.OrderBy(r => r.Repository.Key, StringComparer.Ordinal).Select(r => (r.Repository.Key, r.Revision)).ToArray();
        if (Path.GetExtension(file) == ".json")
            return $"{{\"header\": {{\"version\": {Version}}}, \"overrides\": {{\"repos\": {{{string.Join(", ", pins.Select(p => $"\"{p.Key}\": {{\"commit\": \"{p.Revision}\"}}"))}}}}}}}\n";
        var text = new StringBuilder($"# Written by strata product lock; strata product update brings it up to date.\nheader:\n  version: {Version}\noverrides:\n");
        _ = text.Append(pins is [] ? "  repos: {}\n" : "  repos:\n");
        foreach (var (key, revision) in pins) _ = text.Append($"    {key}:\n      commit: {revision}\n");
        return text.ToString();
    }
}
