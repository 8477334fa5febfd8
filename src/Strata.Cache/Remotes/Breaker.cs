namespace Strata.Cache;

/// <summary>Stops asking who does not answer. Once open it stays so: the next build tries again.</summary>
/// <param name="most">Failures in a row that are one too many.</param>
internal sealed class Breaker(int most)
{
    private int _failures;
    private int _open;

    public bool IsOpen => Volatile.Read(ref _open) == 1;

    public void Succeed() => Interlocked.Exchange(ref _failures, 0);

    /// <summary>True when this failure opened it: somebody should hear of it, once.</summary>
    public bool Fail(bool isFinal) => (Interlocked.Increment(ref _failures) >= most || isFinal) && Open();

    public bool Open() => Interlocked.Exchange(ref _open, 1) == 0;
}
