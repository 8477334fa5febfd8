namespace Strata.Compliance;

/// <summary>Base scores of CVSS vectors: 3.0 and 3.1 (FIRST, specification document, 7.1), and 4.0.</summary>
internal static class CvssVector
{
    /// <summary>0 to 10, one digit after the point; null when the vector is of another version or not whole.</summary>
    public static double? BaseScore(string vector)
    {
        var metrics = vector.Split('/').Select(p => p.Split(':')).Where(p => p.Length == 2).DistinctBy(p => p[0], StringComparer.Ordinal).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        return metrics.GetValueOrDefault("CVSS") switch
        {
            "3.0" or "3.1" => BaseScore3(metrics),
            "4.0" => Cvss4Vector.BaseScore(metrics),
            _ => null,
        };
    }

    private static double? BaseScore3(Dictionary<string, string> metrics)
    {
        var isChanged = Value("S") == "C";
        var attack = Weight(Value("AV"), ("N", 0.85), ("A", 0.62), ("L", 0.55), ("P", 0.2));
        var complexity = Weight(Value("AC"), ("L", 0.77), ("H", 0.44));
        var privileges = Weight(Value("PR"), ("N", 0.85), ("L", isChanged ? 0.68 : 0.62), ("H", isChanged ? 0.5 : 0.27));
        var interaction = Weight(Value("UI"), ("N", 0.85), ("R", 0.62));
        var (confidentiality, integrity, availability) = (Impact("C"), Impact("I"), Impact("A"));
        if (double.IsNaN(attack + complexity + privileges + interaction + confidentiality + integrity + availability) || Value("S") is not ("C" or "U")) return null;

        var lost = 1 - (1 - confidentiality) * (1 - integrity) * (1 - availability);
        var impact = isChanged ? 7.52 * (lost - 0.029) - 3.25 * Math.Pow(lost - 0.02, 15) : 6.42 * lost;
        if (impact <= 0) return 0;
        var exploitability = 8.22 * attack * complexity * privileges * interaction;
        return RoundUp(Math.Min((isChanged ? 1.08 : 1) * (impact + exploitability), 10));

        string Value(string metric) => metrics.GetValueOrDefault(metric, "");
        double Impact(string metric) => Weight(Value(metric), ("H", 0.56), ("L", 0.22), ("N", 0));
    }

    public static AdvisorySeverity SeverityOf(double? score) => score switch
    {
        null => AdvisorySeverity.Unrated,
        >= 9 => AdvisorySeverity.Critical,
        >= 7 => AdvisorySeverity.High,
        >= 4 => AdvisorySeverity.Medium,
        > 0 => AdvisorySeverity.Low,
        _ => AdvisorySeverity.None,
    };

    private static double Weight(string value, params ReadOnlySpan<(string Value, double Weight)> weights)
    {
        foreach (var known in weights)
            if (known.Value == value) return known.Weight;
        return double.NaN;
    }

    /// <summary>As the specification's appendix A has it, so that no rounding error of binary fractions shows.</summary>
    private static double RoundUp(double number)
    {
        var scaled = (long)Math.Round(number * 100_000);
        return scaled % 10_000 == 0 ? scaled / 100_000.0 : (scaled / 10_000 + 1) / 10.0;
    }
}
