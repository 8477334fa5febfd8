using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>
/// Capabilities of a program, in the text that setcap(8) takes (<c>cap_net_raw+ep</c>) and in the bytes of the attribute
/// <c>security.capability</c>: revision 2 of <c>struct vfs_cap_data</c>, which holds in every user namespace.
/// </summary>
public static class FileCapabilities
{
    public const string Attribute = "security.capability";

    private const uint Revision2 = 0x0200_0000;
    private const uint RevisionMask = 0xFF00_0000;
    private const uint EffectiveFlag = 1;
    private const int Size = 20;

    /// <summary>By number, as the kernel counts them.</summary>
    private static readonly ImmutableArray<string> s_names =
    [
        "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap", "linux_immutable", "net_bind_service",
        "net_broadcast", "net_admin", "net_raw", "ipc_lock", "ipc_owner", "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct", "sys_admin",
        "sys_boot", "sys_nice", "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease", "audit_write", "audit_control", "setfcap", "mac_override",
        "mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read", "perfmon", "bpf", "checkpoint_restore",
    ];

    /// <summary>The attribute's bytes; null when the text is no list of clauses <c>NAMES+FLAGS</c>, or no file can have these.</summary>
    /// <param name="text">Clauses separated by blanks; names by commas, <c>all</c> for all; <c>+</c> or <c>=</c>; flags of <c>e</c>, <c>i</c>, <c>p</c>.</param>
    public static byte[]? Parse(string text)
    {
        ulong permitted = 0, inheritable = 0, effective = 0;
        foreach (var clause in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var at = clause.AsSpan().IndexOfAny('+', '=');
            if (at < 0 || Mask(clause[..at]) is not { } mask) return null;
            var flags = clause[(at + 1)..];
            if (flags.Length == 0 || flags.Any(f => f is not ('e' or 'i' or 'p'))) return null;
            if (flags.Contains('p', StringComparison.Ordinal)) permitted |= mask;
            if (flags.Contains('i', StringComparison.Ordinal)) inheritable |= mask;
            if (flags.Contains('e', StringComparison.Ordinal)) effective |= mask;
        }
        // The attribute has one effective bit for all of them.
        if ((permitted | inheritable) == 0 || (effective != 0 && effective != (permitted | inheritable))) return null;
        return Bytes(permitted, inheritable, effective != 0);
    }

    /// <summary>As setcap(8) takes them; null when the bytes are no such attribute.</summary>
    public static string? Text(ReadOnlySpan<byte> attribute)
    {
        if (Normalize(attribute.ToArray()) is not { } bytes) return null;
        var (permitted, inheritable) = (Sets(bytes, 4), Sets(bytes, 8));
        var suffix = (BinaryPrimitives.ReadUInt32LittleEndian(bytes) & EffectiveFlag) != 0 ? "+e" : "+";
        (ulong Set, string Flags)[] clauses = [(permitted & ~inheritable, "p"), (permitted & inheritable, "ip"), (inheritable & ~permitted, "i")];
        return string.Join(' ', clauses.Where(c => c.Set != 0).Select(c => $"{NamesOf(c.Set)}{suffix}{c.Flags}"));
    }

    /// <summary>Revision 3 names the owner of the user namespace in which setcap ran, which means nothing elsewhere; null for other revisions.</summary>
    public static byte[]? Normalize(byte[] attribute)
    {
        if (attribute.Length < Size) return null;
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(attribute);
        if ((magic & RevisionMask) is not (Revision2 or 0x0300_0000)) return null;
        return Bytes(Sets(attribute, 4), Sets(attribute, 8), (magic & EffectiveFlag) != 0);
    }

    private static byte[] Bytes(ulong permitted, ulong inheritable, bool isEffective)
    {
        var bytes = new byte[Size];
        ReadOnlySpan<uint> words = [Revision2 | (isEffective ? EffectiveFlag : 0), (uint)permitted, (uint)inheritable, (uint)(permitted >> 32), (uint)(inheritable >> 32)];
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), words[i]);
        return bytes;
    }

    private static ulong Sets(byte[] bytes, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)) << 32;

    private static ulong? Mask(string names)
    {
        if (names is "" or "all") return (1UL << s_names.Length) - 1;
        var mask = 0UL;
        foreach (var name in names.Split(','))
        {
            var number = name.StartsWith("cap_", StringComparison.Ordinal) ? s_names.IndexOf(name[4..]) : -1;
            if (number < 0) return null;
            mask |= 1UL << number;
        }
        return mask;
    }

    private static string NamesOf(ulong set) => string.Join(',', s_names.Where((_, i) => (set >> i & 1) != 0).Select(n => $"cap_{n}"));
}
