using System.Collections.Immutable;
using System.Diagnostics;

namespace Strata.Packaging;

/// <param name="Path">Absolute within the tree: <c>/usr/bin/env</c>.</param>
/// <param name="HasDebugInformation">Compiled with -g: there is something to keep in the -dbg package.</param>
public sealed record StripEntry(string Path, StripKind Kind, bool HasDebugInformation)
{
    /// <summary>What to give to strip before the file's name.</summary>
    public ImmutableArray<string> Arguments => Kind switch
    {
        StripKind.Executable => ["--remove-section=.comment", "--remove-section=.note"],
        StripKind.SharedLibrary => ["--remove-section=.comment", "--remove-section=.note", "--strip-unneeded"],
        StripKind.StaticLibrary => ["--strip-debug", "--enable-deterministic-archives"],
        StripKind.KernelModule => ["--strip-debug", "--remove-section=.comment", "--remove-section=.note"],
        _ => throw new UnreachableException(),
    };
}
