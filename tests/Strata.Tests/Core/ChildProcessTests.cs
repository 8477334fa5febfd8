using Strata.Core;
using Strata.Tests.Fetch;

namespace Strata.Tests.Core;

public sealed class ChildProcessTests
{
    private const int MoreThanAChildMayOpen = 1100;

    /// <summary>A build of a thousand recipes holds a lock in each of their directories while it starts tasks.</summary>
    [Fact]
    public async Task Files_open_while_children_start_however_many_are_open()
    {
        var open = Enumerable.Range(0, MoreThanAChildMayOpen).Select(_ => File.OpenHandle("/dev/null")).ToArray();
        try
        {
            var started = Task.Run(() =>
            {
                for (var i = 0; i < 100; i++) Assert.Equal(0, ChildProcess.Start(["true"]).Wait().ExitCode);
            }, TestContext.Current.CancellationToken);
            while (!started.IsCompleted) File.OpenHandle("/dev/null").Dispose();
            await started;
        }
        finally
        {
            foreach (var file in open) file.Dispose();
        }
    }

    [Fact]
    public void A_child_may_open_fewer_files_and_leaves_no_core()
    {
        using var log = new TemporaryDirectory();
        using (var file = ChildProcess.OpenForAppending(log.At("log")))
            Assert.Equal(0, ChildProcess.Start(["sh", "-c", "sleep 0.1; ulimit -Sn; ulimit -Sc"], (file, 1)).Wait().ExitCode);

        var limits = File.ReadAllLines(log.At("log"));
        Assert.InRange(int.Parse(limits[0], System.Globalization.CultureInfo.InvariantCulture), 1, 1024);
        Assert.Equal("0", limits[1]);
    }
}
