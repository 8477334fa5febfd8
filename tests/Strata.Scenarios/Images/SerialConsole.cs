using System.Text;
using System.Threading.Channels;

namespace Strata.Scenarios.Images;

/// <summary>A dialogue with a machine over its serial line: waits for what it prints and types answers.</summary>
public sealed class SerialConsole
{
    private readonly StringBuilder _printed = new();
    private readonly Channel<string> _typed = Channel.CreateUnbounded<string>();
    private int _seen;

    /// <summary>Everything printed so far.</summary>
    public string Text { get { lock (_printed) return _printed.ToString(); } }

    /// <summary>Runs until the machine ends.</summary>
    public void Read(Stream output)
    {
        var buffer = new byte[4096];
        while (output.Read(buffer) is > 0 and var count)
            lock (_printed) _printed.Append(Encoding.UTF8.GetString(buffer, 0, count));
    }

    /// <summary>Runs until <see cref="HangUp"/>.</summary>
    public void Write(Stream input)
    {
        foreach (var line in _typed.Reader.ReadAllAsync().ToBlockingEnumerable())
        {
            input.Write(Encoding.UTF8.GetBytes(line + "\n"));
            input.Flush();
        }
    }

    public void Send(string line) => _typed.Writer.TryWrite(line);

    public void HangUp() => _typed.Writer.TryComplete();

    /// <summary>What was printed since the last call, up to and including <paramref name="text"/>.</summary>
    /// <exception cref="TimeoutException">It does not come; the message shows what came instead.</exception>
    public async Task<string> WaitForAsync(string text, TimeSpan atMost, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(atMost);
        while (true)
        {
            var (all, from) = (Text, _seen);
            if (all.IndexOf(text, from, StringComparison.Ordinal) is >= 0 and var at)
            {
                _seen = at + text.Length;
                return all[from.._seen];
            }
            if (deadline.IsCancellationRequested) throw new TimeoutException($"'{text}' did not appear after:\n{all[from..]}");
            await Task.Delay(50, cancel);
        }
    }
}
