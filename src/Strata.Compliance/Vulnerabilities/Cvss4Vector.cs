using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>
/// Base scores of CVSS 4.0 vectors (FIRST, specification document 1.2, chapter 8). Metrics that the product's user or the moment decide are as if they
/// were not defined; then the worst is assumed, and of the 270 sets of equivalent vectors 60 can occur.
/// </summary>
internal static class Cvss4Vector
{
    /// <summary>In tenths, by equivalence classes: each row EQ1, EQ2 and EQ4 (from 1 on), each column EQ3 with EQ6: 00, 01, 10, 11, 21.</summary>
    private static readonly ImmutableArray<ImmutableArray<int>> s_highest =
    [
        [100, 96, 93, 92, 79], [93, 90, 88, 80, 69],
        [95, 91, 92, 82, 71], [92, 81, 84, 70, 63],
        [94, 89, 86, 76, 65], [87, 75, 72, 57, 53],
        [90, 77, 74, 59, 58], [77, 66, 61, 52, 23],
        [86, 74, 72, 57, 47], [70, 54, 53, 36, 24],
        [73, 55, 61, 51, 24], [54, 43, 46, 18, 10],
    ];

    /// <summary>The severest vectors of each class, and how many steps it is deep.</summary>
    private static readonly ImmutableArray<EquivalenceClass> s_attack =
        [new(1, [[0, 0, 0]]), new(4, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]), new(5, [[3, 0, 0], [1, 1, 1]])];

    private static readonly ImmutableArray<EquivalenceClass> s_complexity = [new(1, [[0, 0]]), new(2, [[1, 0], [0, 1]])];
    private static readonly ImmutableArray<EquivalenceClass> s_vulnerable = [new(7, [[0, 0, 0]]), new(8, [[1, 0, 0], [0, 1, 0]]), new(10, [[1, 1, 1]])];
    private static readonly ImmutableArray<EquivalenceClass> s_subsequent = [new(5, [[0, 0, 0]]), new(4, [[1, 1, 1]])];

    /// <summary>0 to 10, one digit after the point; null when a metric is missing or unknown.</summary>
    public static double? BaseScore(IReadOnlyDictionary<string, string> metrics)
    {
        int[] attack = [Level("AV", "NALP"), Level("PR", "NLH"), Level("UI", "NPA")];
        int[] complexity = [Level("AC", "LH"), Level("AT", "NP")];
        int[] vulnerable = [Level("VC", "HLN"), Level("VI", "HLN"), Level("VA", "HLN")];
        int[] subsequent = [Level("SC", "HLN"), Level("SI", "HLN"), Level("SA", "HLN")];
        if (attack.Concat(complexity).Concat(vulnerable).Concat(subsequent).Any(l => l < 0)) return null;
        if (vulnerable.Concat(subsequent).All(l => l == 2)) return 0;

        var eq1 = attack.All(l => l == 0) ? 0 : attack[0] < 3 && attack.Any(l => l == 0) ? 1 : 2;
        var eq2 = complexity.All(l => l == 0) ? 0 : 1;
        var eq3 = vulnerable[0] == 0 && vulnerable[1] == 0 ? 0 : vulnerable.Any(l => l == 0) ? 1 : 2;
        var eq4 = subsequent.Any(l => l == 0) ? 0 : 1;

        // From class to class: how far down the next lower one is, in the part of the way that the vector has gone. The exploit maturity has a lower one, too.
        var highest = Highest(eq1, eq2, Column(eq3), eq4);
        var (lowered, count) = (0.0, 1);
        if (eq1 < 2) Lower(Highest(eq1 + 1, eq2, Column(eq3), eq4), s_attack[eq1], attack);
        if (eq2 < 1) Lower(Highest(eq1, eq2 + 1, Column(eq3), eq4), s_complexity[eq2], complexity);
        if (eq3 < 2) Lower(eq3 == 0 ? Math.Max(Highest(eq1, eq2, 1, eq4), Highest(eq1, eq2, 2, eq4)) : Highest(eq1, eq2, 3, eq4), s_vulnerable[eq3], vulnerable);
        if (eq4 < 1) Lower(Highest(eq1, eq2, Column(eq3), eq4 + 1), s_subsequent[eq4], subsequent);
        return Math.Floor(highest - lowered / count + 0.5 + 1e-5) / 10;

        int Level(string metric, string levels) => metrics.GetValueOrDefault(metric) is [var level] ? levels.IndexOf(level) : -1;

        void Lower(int next, EquivalenceClass of, int[] levels)
        {
            lowered += (highest - next) * (double)of.StepsBelow(levels) / of.Depth;
            count++;
        }
    }

    /// <summary>The worst requirements are assumed, so EQ6 is 0 wherever anything is lost wholly.</summary>
    private static int Column(int eq3) => eq3 switch { 0 => 0, 1 => 2, _ => 4 };

    private static int Highest(int eq1, int eq2, int column, int eq4) => s_highest[eq1 * 4 + eq2 * 2 + eq4][column];

    private sealed record EquivalenceClass(int Depth, ImmutableArray<ImmutableArray<int>> Severest)
    {
        /// <summary>From the first of the severest vectors that is nowhere below.</summary>
        public int StepsBelow(int[] levels) => Severest.First(s => s.Zip(levels).All(p => p.First <= p.Second)).Zip(levels).Sum(p => p.Second - p.First);
    }
}
