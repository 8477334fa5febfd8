using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Metadata.Evaluation;

/// <summary>What the evaluation of one recipe file led to, without the variables themselves: these are worked out again when somebody asks.</summary>
/// <param name="File">Absolute path of the <c>.bb</c> file.</param>
/// <param name="Layer">Name of the layer the file belongs to; empty if none.</param>
/// <param name="Appends">Absolute paths, in the order they are applied.</param>
/// <param name="Name">PN of the plain recipe.</param>
/// <param name="Extensions">BBCLASSEXTEND of the plain recipe.</param>
/// <param name="Variants">In the order of BBCLASSEXTEND, the plain recipe first; without those that have an error.</param>
/// <param name="Diagnostics">Found in this file; not those of the files it uses.</param>
internal sealed record RecipeRecord(
    string File, string Layer, ImmutableArray<string> Appends, string Name, string Extensions, ImmutableArray<VariantRecord> Variants,
    ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether everything could be evaluated.</summary>
    public bool IsComplete { get; } = Diagnostics.All(d => d.Severity != Severity.Error);
}
