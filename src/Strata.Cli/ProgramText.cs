namespace Strata.Cli;

/// <summary>Texts in other languages that lie beside the code as files and come with the program.</summary>
internal static class ProgramText
{
    public static string Read(string name)
    {
        using var stream = typeof(ProgramText).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"no resource '{name}'");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
