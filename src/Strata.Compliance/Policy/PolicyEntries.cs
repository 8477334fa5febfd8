using System.Text;

namespace Strata.Compliance;

/// <summary>Cuts a list of a policy into entries: words, <c>NAME WITH NAME</c>, and whole expressions in parentheses.</summary>
internal static class PolicyEntries
{
    public static IEnumerable<string> Of(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
        {
            var entry = new StringBuilder(words[i]);
            for (var depth = Depth(words[i]); depth > 0 && i + 1 < words.Length; depth += Depth(words[i])) entry.Append(' ').Append(words[++i]);
            if (i + 2 < words.Length && words[i + 1] is "WITH" or "with") entry.Append(" WITH ").Append(words[i += 2]);
            yield return entry.ToString();
        }
    }

    private static int Depth(string word) => word.Count(c => c == '(') - word.Count(c => c == ')');
}
