namespace Strata.Tests.Sandbox;

/// <summary>What runs on this machine, for tests that leave nothing running.</summary>
internal static class ProcessList
{
    /// <summary>Command lines of sleep that contain the marker.</summary>
    public static string[] With(string marker)
    {
        var found = new List<string>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
            try
            {
                var command = File.ReadAllText(Path.Combine(process, "cmdline"));
                if (command.StartsWith("sleep", StringComparison.Ordinal) && command.Contains(marker, StringComparison.Ordinal)) found.Add(command);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked.
            }
        return [.. found];
    }
}
