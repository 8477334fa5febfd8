using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Strata.Metadata.Expressions;

/// <summary>The digests of <c>hashlib</c>.</summary>
internal static class HashModule
{
    public static FrozenDictionary<string, Method> Table { get; } = new Dictionary<string, Method>(StringComparer.Ordinal)
    {
        ["update"] = (self, a) => Update(((HashValue)self).Hash, a.Positional(1, 1)[0]),
        ["digest"] = (self, a) => a.Positional(0, 0) is var _ ? new BytesValue([.. ((HashValue)self).Hash.GetCurrentHash()]) : None.Value,
        ["hexdigest"] = (self, a) => a.Positional(0, 0) is var _ ? Convert.ToHexStringLower(((HashValue)self).Hash.GetCurrentHash()) : None.Value,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void AddTo(Dictionary<string, object> members)
    {
        Function("hashlib.sha256", HashAlgorithmName.SHA256);
        Function("hashlib.sha384", HashAlgorithmName.SHA384);
        Function("hashlib.sha512", HashAlgorithmName.SHA512);

        void Function(string name, HashAlgorithmName algorithm) => members[name] = new BuiltinFunction(name, a => Start(algorithm, a.Positional(0, 1)));
    }

    private static HashValue Start(HashAlgorithmName algorithm, CallArguments arguments)
    {
        var hash = IncrementalHash.CreateHash(algorithm);
        if (arguments.Count > 0) _ = Update(hash, arguments[0]);
        return new(hash);
    }

    private static None Update(IncrementalHash hash, object data)
    {
        if (data is not BytesValue bytes) throw Fail.Type(data is string ? "Strings must be encoded before hashing" : "object supporting the buffer API required");
        hash.AppendData(bytes.Bytes.AsSpan());
        return None.Value;
    }
}
