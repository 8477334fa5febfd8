namespace Strata.Compliance;

/// <summary>A package as a report shows it: every value a text.</summary>
public sealed record ReportPackage
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string Recipe { get; init; }

    public required string License { get; init; }

    /// <summary>The terms that are relied on: of an OR one side.</summary>
    public required string Chosen { get; init; }

    public required string Categories { get; init; }

    /// <summary><c>allow</c>, <c>review</c> or <c>deny</c>.</summary>
    public required string Decision { get; init; }

    public required string Reason { get; init; }

    public required string Exception { get; init; }

    /// <summary>What was linked into its files, with licences; empty when nothing was.</summary>
    public string Linked { get; init; } = "";

    /// <summary>The terms of the package with those; empty when a part of them is not known.</summary>
    public string Effective { get; init; } = "";

    /// <summary>Files whose link nobody saw.</summary>
    public string Unseen { get; init; } = "";

    /// <summary>Why it is in the image.</summary>
    public required string Path { get; init; }

    public required int Files { get; init; }
}
