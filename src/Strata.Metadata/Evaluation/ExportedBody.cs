namespace Strata.Metadata.Evaluation;

/// <summary>The body that EXPORT_FUNCTIONS makes, recognised again by its first line.</summary>
internal static class ExportedBody
{
    public const string Mark = "    # Export function set\n";

    /// <summary>What the exported function takes from the class's one.</summary>
    public static readonly string[] FlagsOfClass = ["func", "python"];

    /// <summary>What the class's function takes from the exported one.</summary>
    public static readonly string[] FlagsOfTask = ["dirs", "cleandirs", "fakeroot"];

    public static string Calling(string function, bool isPython) =>
        Mark + (isPython ? $"    bb.build.exec_func('{function}', d)\n" : $"    {function}\n");
}
