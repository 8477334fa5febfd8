namespace Strata.Cli.Terminal;

/// <summary>Colours for a terminal, or none.</summary>
public sealed record Palette(bool IsColoured)
{
    /// <summary>As no-color.org asks: any non-empty NO_COLOR means none.</summary>
    public static Palette Of(IReadOnlyDictionary<string, string> environment) => new(environment.GetValueOrDefault("NO_COLOR", "").Length == 0);

    public string Bad(string text) => Paint("31", text);

    public string Good(string text) => Paint("32", text);

    public string Warning(string text) => Paint("33", text);

    public string Quiet(string text) => Paint("2", text);

    private string Paint(string code, string text) => IsColoured && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
