using System.Collections.Frozen;
using System.Text;

namespace Strata.Metadata.Expressions;

/// <summary>The little that metadata does with bytes.</summary>
internal static class BytesMethods
{
    public static FrozenDictionary<string, Method> Table { get; } = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["decode"] = (self, a) => Decode((BytesValue)self, a),
        ["hex"] = (self, a) => a.Positional(0, 0) is null ? "" : Convert.ToHexStringLower(((BytesValue)self).Bytes.AsSpan()),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsUtf8(object? name) => name is null || (name is string text && text.ToLowerInvariant() is "utf-8" or "utf8" or "utf_8");

    private static string Decode(BytesValue bytes, CallArguments arguments)
    {
        if (!IsUtf8(arguments.Bind("encoding=", "errors=")[0])) throw Fail.Unsupported("an encoding other than UTF-8");
        try { return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.Bytes.AsSpan()); }
        catch (DecoderFallbackException) { throw new ExpressionException("UnicodeDecodeError", "'utf-8' codec can't decode bytes"); }
    }
}
