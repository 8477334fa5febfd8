using System.Numerics;

namespace Strata.Metadata.Expressions;

/// <summary>What expressions may know about the machine: the architecture that the load was told, and the user of every sandbox.</summary>
internal static class HostModule
{
    public static void AddTo(Dictionary<string, object> members)
    {
        Function("os.uname", a => a.Positional(0, 0).Scope.BuildArchitecture is { Length: > 0 } architecture
            ? new UnameValue(architecture) : throw Fail.Impure("os.uname", "reads the host"));
        foreach (var name in (ReadOnlySpan<string>)["os.getuid", "os.geteuid", "os.getgid", "os.getegid"]) Function(name, a => a.Positional(0, 0) is var _ ? BigInteger.Zero : None.Value);

        void Function(string name, Body body) => members[name] = new BuiltinFunction(name, body);
    }

    /// <summary>The two fields that are the same on every machine of one architecture.</summary>
    public static object Field(UnameValue uname, object index) => index switch
    {
        BigInteger number when number == 0 || number == -5 => "Linux",
        "sysname" => "Linux",
        BigInteger number when number == 4 || number == -1 => uname.Machine,
        "machine" => uname.Machine,
        _ => throw Fail.Impure($"os.uname()[{Texts.Repr(index)}]", "reads the host"),
    };
}
