namespace Strata.Graph.Output;

/// <summary>How outputs write values.</summary>
internal static class Words
{
    /// <summary>Lower case.</summary>
    public static string Of(TaskKind kind) => kind switch
    {
        TaskKind.Work => "work",
        TaskKind.Cached => "cached",
        TaskKind.Empty or _ => "empty",
    };
}
