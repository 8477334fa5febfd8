using System.Collections.Immutable;
using System.Text;
using Strata.Core;
using Strata.Metadata.Syntax;

namespace Strata.Metadata.Evaluation;

/// <summary>
/// One path that a load looked at, and what it saw there. Seen once: the stamp is taken before anything else, so that a change made
/// meanwhile gives another stamp than the one that belongs to what was read.
/// </summary>
internal sealed class InputFile(string path)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Lock _gate = new();
    private MetadataFile? _parsed;

    public string Path { get; } = path;

    public FileStamp Stamp { get; } = FileStamp.Of(path);

    /// <summary>How much of it mattered so far.</summary>
    public InputUse Use { get; private set; }

    /// <summary>Of the bytes that were read; empty while nothing was.</summary>
    public Digest Content { get; private set; }

    /// <summary>What is wrong with the text, once it was read.</summary>
    public ImmutableArray<Diagnostic> Problems { get; private set; } = [];

    /// <summary>The parsed file, or null if there is none.</summary>
    /// <param name="isFirst">Whether this call read it.</param>
    public MetadataFile? Parse(out bool isFirst)
    {
        lock (_gate)
        {
            isFirst = Use is not InputUse.Content;
            if (!isFirst) return _parsed;
            Use = InputUse.Content;
            try
            {
                var bytes = File.ReadAllBytes(Path);
                Content = Digest.Of(bytes);
                _parsed = Parse(bytes);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            Problems = _parsed.Problems;
            return _parsed;
        }
    }

    /// <summary>Says that the list of names in this directory matters.</summary>
    public void UseListing()
    {
        lock (_gate)
            if (Use is InputUse.Existence) Use = InputUse.Listing;
    }

    private MetadataFile Parse(byte[] bytes)
    {
        try
        {
            return StatementParser.Parse(Path, s_strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return new(Path, [], [MetadataRules.NotUtf8(Path)]);
        }
    }
}
