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
    /// <summary>In bytes; far more than anybody writes.</summary>
    public const long Largest = 256 << 20;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Lock _gate = new();
    private MetadataFile? _parsed;
    private bool _isParsed;

    public string Path { get; } = path;

    public FileStamp Stamp { get; } = FileStamp.Of(path);

    /// <summary>How much of it mattered so far.</summary>
    public InputUse Use { get; private set; }

    /// <summary>Of the bytes that were read; empty while nothing was.</summary>
    public Digest Content { get; private set; }

    /// <summary>What is wrong with the text, once it was read.</summary>
    public ImmutableArray<Diagnostic> Problems { get; private set; } = [];

    /// <summary>The parsed file, or null if there is none.</summary>
    /// <param name="isFirst">Whether this call parsed it.</param>
    public MetadataFile? Parse(out bool isFirst)
    {
        lock (_gate)
        {
            isFirst = !_isParsed;
            if (!isFirst) return _parsed;
            _isParsed = true;
            try
            {
                if (Read() is { } bytes) _parsed = StatementParser.Parse(Path, s_strict.GetString(bytes));
            }
            catch (DecoderFallbackException)
            {
                _parsed = new(Path, [], [MetadataRules.NotUtf8(Path)]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _parsed = new(Path, [], [MetadataRules.Unreadable(Path, Stamp)]);
            }
            Problems = _parsed?.Problems ?? [];
            return _parsed;
        }
    }

    /// <summary>The text of a file that is no metadata; empty if there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public string ReadText()
    {
        lock (_gate) return Encoding.UTF8.GetString(Read() ?? []);
    }

    /// <summary>Says that the list of names in this directory matters.</summary>
    public void UseListing()
    {
        lock (_gate)
            if (Use is InputUse.Existence) Use = InputUse.Listing;
    }

    /// <summary>The bytes, or null if there is no file.</summary>
    private byte[]? Read()
    {
        Use = InputUse.Content;
        if (Stamp.IsPresent && (!Stamp.IsFile || Stamp.Size > Largest)) throw new IOException($"{Path} is no file, or too large");
        try
        {
            var bytes = File.ReadAllBytes(Path);
            Content = Digest.Of(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
