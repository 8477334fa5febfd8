using System.Collections.Immutable;
using System.Formats.Tar;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

public sealed class PaxTarStreamTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_bytes_are_the_same_in_every_process()
    {
        var stream = new MemoryStream();
        var tar = new PaxTarStream(stream);
        tar.Write(new() { Name = "usr/", Kind = '5', Mode = 0x1ED, Time = 1_600_000_000, User = "root", Group = "root" }, null);
        tar.Write(new() { Name = "usr/" + new string('n', 200), Kind = '0', Mode = 0xFFF, Time = 1_600_000_000, Size = 3 }, new MemoryStream("abc"u8.ToArray()));
        tar.Finish();

        Assert.StartsWith("7c04c4402ff49a3ad4e357ac3b70446ef8895a8d70a4b311fe", Digest.Of(stream.ToArray()).Hex, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tar_programs_read_names_of_every_length_and_alphabet()
    {
        string[] names = ["a", new('b', 99), new('c', 100), new('d', 101), $"e/{new string('f', 250)}", "gr\u00fc\u00dfe", $"\u4f60{new string('x', 98)}"];
        await using (var file = File.Create(_scratch["t.tar"]))
        {
            var tar = new PaxTarStream(file);
            foreach (var name in names)
            {
                tar.Write(new() { Name = name, Kind = '0', Mode = 0x1A4, Time = 1, Size = name.Length, Uid = 3_000_000, Gid = 70 }, new MemoryStream(new byte[name.Length]));
                tar.Write(new() { Name = name + ".link", Kind = '2', Mode = 0x1FF, Time = 1, LinkName = name }, null);
            }
            tar.Finish();
        }

        var seen = new List<TarEntry>();
        await using (var reader = new TarReader(File.OpenRead(_scratch["t.tar"])))
            while (await reader.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is { } entry) seen.Add(entry);
        Assert.Equal(names.SelectMany(n => new[] { n, n + ".link" }), seen.Select(e => e.Name));
        Assert.Equal(names, seen.Where(e => e.EntryType == TarEntryType.SymbolicLink).Select(e => e.LinkName));
        Assert.All(seen.Where(e => e.EntryType == TarEntryType.RegularFile), e => Assert.Equal((e.Name.Length, 3_000_000, 70), ((int)e.Length, e.Uid, e.Gid)));

        var listed = await Tool.RunAsync("tar", "--list", "--verbose", "--quoting-style=literal", "--show-transformed-names", "--utc", "-f", _scratch["t.tar"]);
        Assert.Equal(names.Length * 2, listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("1970-01-01 00:00 gr\u00fc\u00dfe.link -> gr\u00fc\u00dfe", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tar_programs_read_capabilities()
    {
        var attributes = ImmutableSortedDictionary<string, byte[]>.Empty.Add(FileCapabilities.Attribute, FileCapabilities.Parse("cap_net_raw,cap_checkpoint_restore=ep")!);
        await using (var file = File.Create(_scratch["c.tar"]))
        {
            var tar = new PaxTarStream(file);
            tar.Write(new() { Name = "ping", Kind = '0', Mode = 0x1ED, Time = 1, ExtendedAttributes = attributes }, new MemoryStream());
            tar.Finish();
        }

        var listed = await Tool.RunAsync("tar", "--list", "-vv", "--xattrs", "--xattrs-include=*", "-f", _scratch["c.tar"]);

        Assert.Contains("x: 20 security.capability", listed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Content_of_another_size_than_promised_is_refused(int length)
    {
        var tar = new PaxTarStream(new MemoryStream());

        Assert.Throws<InvalidDataException>(() => tar.Write(new() { Name = "a", Kind = '0', Mode = 0, Time = 0, Size = 3 }, new MemoryStream(new byte[length])));
    }
}
