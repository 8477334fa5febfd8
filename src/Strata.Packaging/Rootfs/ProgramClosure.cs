using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Reduces a tree to some programs and what they need to run: loaders, libraries, interpreters of scripts, and the links on the way.</summary>
internal sealed class ProgramClosure(RootfsTree tree, RootfsRequest request, Diagnostics diagnostics)
{
    private static readonly ImmutableArray<string> s_directories = ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib"];

    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly Queue<RootfsEntry> _open = new();

    /// <summary>Removes everything else; does nothing when no program is named.</summary>
    public void Apply()
    {
        if (request.Programs.IsEmpty) return;
        foreach (var program in request.Programs)
            if (!Keep(program)) diagnostics.Add(PackagingRules.ProgramMissing(request.Place, program, tree.Entries.Select(e => e.Path)));
        while (_open.TryDequeue(out var entry)) KeepNeedsOf(entry);

        var patterns = request.ProgramFiles.SelectMany(p => (string[])[p, $"{p.TrimEnd('/')}/**"]).Select(p => new PathPattern(p)).ToImmutableArray();
        foreach (var entry in tree.Entries.Where(e => patterns.Any(p => p.IsMatch(e.Path))).ToList()) Keep(entry.Path);
        while (_open.TryDequeue(out var entry)) KeepNeedsOf(entry);
        foreach (var path in tree.Entries.Select(e => e.Path).Where(p => !_kept.Contains(p)).ToList()) tree.Discard(path);
    }

    /// <summary>The entry at a path, what it links to, and the links among its parents; false when there is nothing.</summary>
    private bool Keep(string path)
    {
        path = RootfsPath.Normalize(path);
        if (!tree.TryResolve(path, out var entry)) return false;
        // Each round follows the first link of the path, as the kernel does.
        for (var at = path; at != entry.Path;)
        {
            var link = Ancestors(at).Select(tree.Find).First(e => e is { File.Kind: FileKind.SymbolicLink })!;
            KeepWithParents(link.Path);
            at = RootfsPath.Normalize(RootfsPath.Follow(link.Path, link.File.Target!) + at[link.Path.Length..]);
        }
        if (!KeepWithParents(entry.Path)) return true;
        if (entry.File is { Kind: FileKind.HardLink, Target: { } target }) KeepWithParents(target);
        _open.Enqueue(entry);
        return true;
    }

    private bool KeepWithParents(string path)
    {
        foreach (var parent in Ancestors(path).SkipLast(1)) _kept.Add(parent);
        return _kept.Add(path);
    }

    /// <summary>From the top: /usr, /usr/bin, /usr/bin/env.</summary>
    private static IEnumerable<string> Ancestors(string path)
    {
        for (var slash = path.IndexOf('/', 1); slash >= 0; slash = path.IndexOf('/', slash + 1)) yield return path[..slash];
        yield return path;
    }

    private void KeepNeedsOf(RootfsEntry entry)
    {
        if (entry.ContentPath is not { } content) return;
        var programs = ScriptInterpreter.ProgramsOf(content);
        foreach (var places in programs)
            if (!places.Any(Keep)) diagnostics.Add(PackagingRules.ClosureIncomplete(request.Place, entry.Path, places[0]));
        if (!programs.IsEmpty) return;
        if (ElfFile.Read(content) is not { } elf) return;
        if (elf.Interpreter is { } loader && !Keep(loader)) diagnostics.Add(PackagingRules.ClosureIncomplete(request.Place, entry.Path, loader));
        foreach (var soname in elf.Needed)
            if (!SearchPath(entry.Path, elf).Any(d => Keep(RootfsPath.Join(d, soname))))
                diagnostics.Add(PackagingRules.ClosureIncomplete(request.Place, entry.Path, soname));
    }

    private static IEnumerable<string> SearchPath(string path, ElfFile elf) => elf.RunPaths
        .Select(d => RootfsPath.Normalize(d.Replace("${ORIGIN}", "$ORIGIN", StringComparison.Ordinal).Replace("$ORIGIN", RootfsPath.Parent(path), StringComparison.Ordinal)))
        .Concat(s_directories);
}
