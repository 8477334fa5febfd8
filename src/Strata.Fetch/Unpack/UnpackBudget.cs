namespace Strata.Fetch;

/// <summary>Counts what an archive takes, and stops it at the limit.</summary>
internal sealed class UnpackBudget(UnpackLimits limits, string archive)
{
    private long _bytes;
    private int _entries;

    public void TakeEntry() => RequireEntries(++_entries);

    /// <param name="count">Entries that the archive announces: to be looked at before a list of them is made.</param>
    public void RequireEntries(long count)
    {
        if (count > limits.Entries) throw new SourceException(FetchRules.TooLarge(archive, $"holds more than {limits.Entries} entries"));
    }

    public void TakeBytes(long count)
    {
        // The announced size of an entry may be anything; compare before adding so that it cannot wrap around.
        if (count < 0 || count > limits.Bytes - _bytes) throw new SourceException(FetchRules.TooLarge(archive, $"unpacks to more than {limits.Bytes} bytes"));
        _bytes += count;
    }
}
