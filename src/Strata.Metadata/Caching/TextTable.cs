using System.Buffers.Binary;
using System.Text;

namespace Strata.Metadata.Caching;

/// <summary>All texts of a cache, each made when it is first asked for: most loads need few of them. For several threads.</summary>
/// <param name="ends">Where each text ends in <paramref name="texts"/>, as 32-bit numbers.</param>
internal sealed class TextTable(ReadOnlyMemory<byte> ends, ReadOnlyMemory<byte> texts)
{
    private readonly string?[] _known = new string?[ends.Length / sizeof(int)];

    public string this[int number] => _known[number] ??= Encoding.UTF8.GetString(texts.Span[(number == 0 ? 0 : EndOf(number - 1))..EndOf(number)]);

    private int EndOf(int number) => BinaryPrimitives.ReadInt32LittleEndian(ends.Span[(number * sizeof(int))..]);
}
